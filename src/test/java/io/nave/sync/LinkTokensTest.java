package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.sync.Link.Use;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkTokensTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final UUID ID = UUID.fromString("7d9f2f0e-3b1c-4c55-9b7e-0d3c5c1a2b3c");

  private static byte[] secret(String text) {
    return (text + "0123456789abcdef0123456789abcdef").getBytes(StandardCharsets.UTF_8);
  }

  private final LinkTokens tokens = new LinkTokens(List.of(secret("a")));

  @Test
  void readsWhatItSigned() {
    var read = tokens.read(tokens.sign(ID, Use.confirm, LATER), NOW);
    assertThat(read).contains(new LinkTokens.Read(ID, Use.confirm, LATER));
  }

  @Test
  void everyAlteredCharacterIsNoticed() {
    var token = tokens.sign(ID, Use.manage, LATER);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      var altered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.read(altered, NOW)).as("character " + i).isEmpty();
    }
  }

  @Test
  void whatIsNoTokenIsRefused() {
    var token = tokens.sign(ID, Use.manage, LATER);
    for (var odd : new String[] {null, "", "x", token + "A", token.substring(1), "=".repeat(76)}) {
      assertThat(tokens.read(odd, NOW)).isEmpty();
    }
  }

  @Test
  void endsWhenItsTimeHasCome() {
    var token = tokens.sign(ID, Use.manage, LATER);
    assertThat(tokens.read(token, LATER.minusSeconds(1))).isPresent();
    assertThat(tokens.read(token, LATER)).isEmpty();
  }

  @Test
  void believesAnOlderSecretAndSignsWithTheNewest() {
    var renewed = new LinkTokens(List.of(secret("b"), secret("a")));
    assertThat(renewed.read(tokens.sign(ID, Use.manage, LATER), NOW)).isPresent();
    assertThat(tokens.read(renewed.sign(ID, Use.manage, LATER), NOW)).isEmpty();
    assertThat(renewed.isOf(tokens.addressDigest("a@x.example"), "a@x.example")).isTrue();
    assertThat(renewed.isOf(tokens.addressDigest("a@x.example"), "b@x.example")).isFalse();
  }

  @Test
  void aShortSecretIsAMistake() {
    assertThatThrownBy(() -> new LinkTokens(List.of(new byte[8]))).hasMessageContaining("32 bytes");
  }
}
