package io.nave.connectors;

import static io.nave.platform.FailureKind.INVALID;
import static io.nave.platform.FailureKind.PERMANENT;
import static io.nave.platform.FailureKind.SPOKE_DOWN;
import static io.nave.platform.FailureKind.TRANSIENT;
import static io.nave.platform.FailureKind.UNAUTHORISED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.connectors.ConnectorDescriptor.Feed;
import io.nave.connectors.ConnectorDescriptor.Holds;
import io.nave.connectors.ConnectorDescriptor.Limits;
import io.nave.connectors.ConnectorDescriptor.Setting;
import io.nave.platform.FailureKind;
import io.nave.platform.VendorError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorDescriptorTest {
  private static final String GOOD =
      """
      title: Shop
      category: CRM
      vendor: https://shop.example/docs
      settings:
        url: {required: true, description: "API address"}
        secret: {required: true, secret: true, description: "Client secret"}
        poll: {default: 30s, description: "Time between two polls"}
      feed: poll
      entities: [Contact]
      reads: [EMAIL]
      writes: [EMAIL]
      abilities: {create: true, update: true, delete: false}
      consent:
        - {purpose: marketing, channel: email}
      unique: email
      lookFirst: true
      limits: {inFlight: 10, perSecond: 0.5}
      errors:
        transient: [timeout, connection, HTTP 429, HTTP 5*, "4*"]
        permanent: [HTTP 4*, "403*"]
        throttled: [SLOW, "4030*"]
        unauthorised: [HTTP 401, SAME]
        down: [HTTP 503, SAME]
      """;

  @TempDir Path folder;

  @Test
  void readsWhatTheFileSays() throws IOException {
    var shop = load(GOOD);
    assertThat(shop.system()).isEqualTo("shop");
    assertThat(shop.feed()).isEqualTo(Feed.poll);
    assertThat(shop.settings()).containsOnlyKeys("url", "secret", "poll");
    assertThat(shop.settings().get("poll"))
        .isEqualTo(new Setting(false, false, "30s", "Time between two polls"));
    assertThat(shop.abilities().delete()).isFalse();
    assertThat(shop.consent()).containsExactly(new Holds("marketing", "email", false));
    assertThat(shop.uniqueEmail()).isTrue();
    assertThat(shop.lookFirst()).isTrue();
    assertThat(shop.limits()).isEqualTo(new Limits(10, 0.5, 0, 0.1));
  }

  @Test
  void reportsAllMistakesTogetherWithTheirLines() {
    var bad =
        """
        title: ""
        category: CRM
        vendr: https://shop.example
        vendor: shop
        settings:
          URL: {required: yes, description: x}
          key: {secret: true, default: abc}
        feed: push
        entities: Contact
        abilities: {create: true}
        consent: [{purpose: marketing, channel: fax}]
        unique: phone
        limits: {inFlight: 0, perSecond: fast, perDay: 0.5, reserve: 1}
        errors: {transient: ["a*b"], fatal: [x]}
        """;
    assertThatThrownBy(() -> load(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(":1: title:  (expected: the vendor's name for people)")
        .contains(":3: vendr: unknown (expected: one of title, ")
        .contains(":4: vendor: shop (expected: address")
        .contains("settings.URL: name (expected: lower case")
        .contains(":6: URL.required: yes (expected: true or false)")
        .contains("settings.key: no description")
        .contains("settings.key: default (expected: no default")
        .contains(":8: feed: push (expected: stream, webhook or poll)")
        .contains(":9: entities: Contact (expected: a list")
        .contains("reads: missing")
        .contains(":11: consent.channel: fax (expected: one of any, email")
        .contains(":13: limits.inFlight: 0 (expected: a whole number from 1)")
        .contains("unique: phone (expected: email)")
        .contains("limits.perSecond: fast (expected: a number above 0)")
        .contains("limits.perDay: 0.5 (expected: a whole number from 1)")
        .contains("limits.reserve: 1 (expected: a share from 0 to below 1, such as 0.1)")
        .contains(":14: errors.transient: a*b")
        .contains(":14: errors.fatal: unknown");
  }

  @Test
  void reportsWhatIsNoYaml() {
    assertThatThrownBy(() -> load("title: [a\nfeed: poll")).hasMessageContaining("connector.yaml:");
    assertThatThrownBy(() -> load("- a")).hasMessageContaining("(expected: keys and values)");
    assertThatThrownBy(() -> load("")).hasMessageContaining("title: missing");
    assertThatThrownBy(() -> load(GOOD + "feed: poll\n")).hasMessageContaining("feed: twice");
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, TRANSIENT",
    "HTTP 429, TRANSIENT",
    "HTTP 404, PERMANENT",
    "HTTP 401, UNAUTHORISED",
    "HTTP 500, TRANSIENT",
    "HTTP 503, SPOKE_DOWN",
    "403148, PERMANENT",
    "403048, THROTTLED",
    "SLOW, THROTTLED",
    "400001, TRANSIENT",
    "SAME, UNAUTHORISED",
    "unheard of, TRANSIENT"
  })
  void theMostSpecificPatternSaysTheKind(String code, FailureKind kind) throws IOException {
    assertThat(load(GOOD).classify(new VendorError(code, "no"))).isEqualTo(kind);
  }

  @Test
  void looksThroughTheCausesFromTheOutside() throws IOException {
    var shop = load(GOOD);
    assertThat(shop.classify(wrapped(http(401)))).isEqualTo(UNAUTHORISED);
    assertThat(shop.classify(new VendorError("SAME", "no", http(404)))).isEqualTo(UNAUTHORISED);
    assertThat(shop.classify(new VendorError("unheard of", "no", http(404)))).isEqualTo(PERMANENT);
    assertThat(shop.classify(wrapped(new MappingFailed("x", null)))).isEqualTo(INVALID);
    assertThat(shop.classify(new IllegalStateException())).isEqualTo(TRANSIENT);
    assertThat(ConnectorDescriptor.codeOf(wrapped(http(404)))).contains("HTTP 404");
    assertThat(ConnectorDescriptor.codeOf(new IllegalStateException())).isEmpty();
  }

  @Test
  void saysTheFailureInShortWithoutAddresses() throws IOException {
    var refusal = new VendorError("MAIL_INVALID", "member not written");
    assertThat(ConnectorDescriptor.inShort(wrapped(refusal))).isSameAs(refusal);
    var unauthorised = ConnectorDescriptor.inShort(wrapped(http(401)));
    assertThat(unauthorised).hasMessage("HTTP 401: the call failed");
    assertThat(load(GOOD).classify(unauthorised)).isEqualTo(UNAUTHORISED);
    var bug = new IllegalStateException();
    assertThat(ConnectorDescriptor.inShort(bug)).isSameAs(bug);
  }

  @Test
  void knowsTimeOutsAndRefusedConnections() throws IOException {
    var shop = load(GOOD.replace("timeout, connection, ", "").replace("HTTP 503", "connection"));
    assertThat(shop.classify(wrapped(new ConnectException()))).isEqualTo(SPOKE_DOWN);
    assertThat(ConnectorDescriptor.codeOf(new SocketTimeoutException())).contains("timeout");
  }

  private static Throwable wrapped(Throwable cause) {
    return new RuntimeException(new IllegalStateException(cause));
  }

  private static Throwable http(int status) {
    return new HttpOperationFailedException("http://shop", status, "", null, Map.of(), "");
  }

  private ConnectorDescriptor load(String yaml) throws IOException {
    var shop = Files.createDirectories(folder.resolve("shop"));
    return ConnectorDescriptor.load(Files.writeString(shop.resolve("connector.yaml"), yaml));
  }
}
