package io.nave.sandbox.acoustic;

import static io.nave.sandbox.acoustic.AcousticClient.LIST;
import static io.nave.sandbox.acoustic.AcousticClient.column;
import static io.nave.sandbox.acoustic.AcousticClient.text;
import static io.nave.sandbox.acoustic.AcousticClient.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nave.sandbox.RecordTable;
import io.nave.sandbox.SandboxServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcousticSandboxTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-02T20:15:07Z"));
  private SandboxServer server;
  private AcousticSandbox sandbox;
  private AcousticClient client;

  @BeforeEach
  void start() {
    start(AccountLimits.documented());
  }

  private void start(AccountLimits limits) {
    sandbox = new AcousticSandbox(clock, limits);
    server = SandboxServer.start(sandbox, 0);
    client = new AcousticClient(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesAnAccessTokenForTheRefreshToken() {
    var answer = client.token(Sessions.REFRESH_TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"token_type\":\"bearer\"", "\"expires_in\":14400");
  }

  @Test
  void refusesWrongOAuthCredentials() {
    var answer = client.token("wrong");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"error\":\"invalid_client\"");
  }

  @Test
  void refusesAnExpiredTokenWith401() {
    client.call("<GetLists/>");
    clock.advance(Duration.ofSeconds(14_401));

    var answer = client.callWith("expired", "/XMLAPI", AcousticClient.envelope("<GetLists/>"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(client.call("<GetLists/>")).contains("invalid_token");
  }

  @Test
  void opensAndClosesASessionInTheAddress() {
    String path = ";jsessionid=" + login("sandbox-only").split(";jsessionid=")[1].split("<")[0];
    String select = AcousticClient.envelope("<GetListMetaData>" + LIST + "</GetListMetaData>");

    assertThat(client.callWith(null, "/XMLAPI" + path, select).body()).contains("<ID>85628</ID>");
    client.callWith(null, "/XMLAPI" + path, AcousticClient.envelope("<Logout/>"));
    assertThat(client.callWith(null, "/XMLAPI" + path, select).body())
        .contains("<errorid>145</errorid>", "<SUCCESS>false</SUCCESS>");
  }

  @Test
  void refusesAWrongPasswordAndATwentyFirstSession() {
    assertThat(login("wrong")).contains("<errorid>50</errorid>");
    IntStream.range(0, 20).forEach(i -> assertThat(login("sandbox-only")).contains("SESSIONID"));
    assertThat(login("sandbox-only")).contains("<errorid>50</errorid>");
  }

  @Test
  void addsAndSelectsAContactInLocalTime() {
    String id = client.add("Sian@Example.org", column("FIRST_NAME", "Siân & <co>"));

    String found = client.select("sian@example.org");

    assertThat(text(found, "RecipientId")).isEqualTo(id);
    assertThat(text(found, "OptedIn")).isEqualTo("1/2/26 3:15 PM");
    assertThat(found).contains("<OptedOut/>", "<EMAIL>Sian@Example.org</EMAIL>");
    assertThat(value(found, "FIRST_NAME")).isEqualTo("Siân &amp; &lt;co&gt;");
  }

  @Test
  void refusesASecondContactWithTheSameAddressUnlessItMayUpdate() {
    String id = client.add("a@example.org");
    String again =
        "<AddRecipient>" + LIST + "%s" + column("Email", "A@example.org") + "</AddRecipient>";

    assertThat(client.call(again.formatted(""))).contains("<errorid>122</errorid>");
    String updated = client.call(again.formatted("<UPDATE_IF_FOUND>true</UPDATE_IF_FOUND>"));
    assertThat(text(updated, "RecipientId")).isEqualTo(id);
  }

  @Test
  void findsAContactByItsSyncFields() {
    String id = client.add("old@example.org", column("Customer Id", "C-1"));
    String sync =
        "<SYNC_FIELDS><SYNC_FIELD><NAME>Customer Id</NAME><VALUE>C-1</VALUE></SYNC_FIELD></SYNC_FIELDS>";

    String added =
        client.callAsForm(
            "<AddRecipient>"
                + LIST
                + "<UPDATE_IF_FOUND>true</UPDATE_IF_FOUND>"
                + sync
                + column("EMAIL", "new@example.org")
                + "</AddRecipient>");
    String updated =
        client.call(
            "<UpdateRecipient>" + LIST + sync + column("CITY", "Zürich") + "</UpdateRecipient>");

    assertThat(text(added, "RecipientId")).isEqualTo(id);
    assertThat(text(updated, "RecipientId")).isEqualTo(id);
    assertThat(value(client.select("new@example.org"), "CITY")).isEqualTo("Zürich");
    assertThat(client.select("old@example.org")).contains("<errorid>128</errorid>");
  }

  @Test
  void answersMistakesWithTheVendorsErrorIds() {
    assertThat(client.call("<Nonsense/>")).contains("<errorid>51</errorid>");
    assertThat(client.call("<addRecipient>" + LIST + "</addRecipient>"))
        .contains("<errorid>51</errorid>");
    assertThat(client.call("<AddRecipient>")).contains("<errorid>51</errorid>");
    assertThat(client.call("<GetListMetaData/>")).contains("<errorid>52</errorid>");
    assertThat(client.call("<GetListMetaData><LIST_ID>1</LIST_ID></GetListMetaData>"))
        .contains("<errorid>106</errorid>");
    assertThat(client.call("<AddRecipient>" + LIST + "</AddRecipient>"))
        .contains("<errorid>121</errorid>");
    assertThat(
            client.call(
                "<SelectRecipientData>"
                    + LIST
                    + "<RECIPIENT_ID>x</RECIPIENT_ID></SelectRecipientData>"))
        .contains("<errorid>124</errorid>");
    assertThat(
            client.call(
                "<AddRecipient>"
                    + LIST
                    + column("EMAIL", "b@example.org")
                    + column("Shoe", "9")
                    + "</AddRecipient>"))
        .contains("<errorid>314</errorid>");
    assertThat(client.select("b@example.org")).contains("<errorid>128</errorid>");
  }

  @Test
  void refusesAnXmlBombWithoutReadingIt() {
    String bomb =
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><Envelope><Body>&a;</Body></Envelope>";
    assertThat(client.callWith(null, "/XMLAPI", bomb).body()).contains("<errorid>51</errorid>");
  }

  @Test
  void refusesTheEleventhRequestUnderWay() {
    server.close();
    start(AccountLimits.documented().withInFlight(10, Duration.ofSeconds(3)));
    client.call("<GetLists/>");

    List<CompletableFuture<String>> answers =
        IntStream.range(0, 12)
            .mapToObj(i -> client.callLater("<GetListMetaData>" + LIST + "</GetListMetaData>"))
            .toList();

    assertThat(
            answers.stream()
                .map(CompletableFuture::join)
                .filter(a -> a.contains("Too many concurrent")))
        .hasSize(2);
    assertThat(client.call("<GetListMetaData>" + LIST + "</GetListMetaData>")).contains("TRUE");
  }

  @Test
  void aRequestWhoseSenderHasGoneIsNotUnderWay() throws IOException {
    var slow = "{\"kind\": \"slow\", \"millis\": 300, \"count\": 12}";
    assertThat(client.callWith(null, "/_sandbox/faults", slow).statusCode()).isEqualTo(201);
    for (int i = 0; i < 12; i++) {
      sendAndGo();
    }

    await()
        .pollDelay(Duration.ofMillis(600)) // the last of them has been held back long enough
        .until(
            () -> client.call("<GetListMetaData>" + LIST + "</GetListMetaData>"),
            answer -> answer.contains("TRUE"));
  }

  private void sendAndGo() throws IOException {
    var command = AcousticClient.envelope("<GetLists/>");
    var head = "POST /XMLAPI HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: ";
    try (var socket = new Socket("127.0.0.1", server.address().getPort())) {
      socket
          .getOutputStream()
          .write((head + command.length() + "\r\n\r\n" + command).getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
  }

  @Test
  void exportsTheContactsOfAWindow() {
    client.add("early@example.org");
    clock.advance(Duration.ofHours(1));
    client.add("late@example.org", column("CITY", "Bern, \"BE\""));

    String export =
        client.call(
            "<ExportList>"
                + LIST
                + "<EXPORT_TYPE>ALL</EXPORT_TYPE><EXPORT_FORMAT>CSV</EXPORT_FORMAT>"
                + "<DATE_START>01/02/2026 16:00:00</DATE_START><EXPORT_COLUMNS><COLUMN>Email</COLUMN>"
                + "<COLUMN>CITY</COLUMN><COLUMN>Last Modified Date</COLUMN></EXPORT_COLUMNS></ExportList>");

    assertThat(new String(client.file(export), StandardCharsets.UTF_8))
        .isEqualTo(
            "Email,CITY,Last Modified Date\r\nlate@example.org,\"Bern, \"\"BE\"\"\",01/02/2026 04:15 PM\r\n");
  }

  @Test
  void reportsOptOutsAndOptInsAsEventsInAZip() throws IOException {
    String id = client.add("a@example.org", column("CONSENT_EMAIL", "granted"));
    client.call("<OptOutRecipient>" + LIST + "<EMAIL>a@example.org</EMAIL></OptOutRecipient>");
    assertThat(text(client.select("a@example.org"), "OptedOut")).isEqualTo("1/2/26 3:15 PM");
    clock.advance(Duration.ofSeconds(2));
    client.call(
        "<UpdateRecipient>"
            + LIST
            + "<OLD_EMAIL>a@example.org</OLD_EMAIL>"
            + column("OPT_OUT", "False")
            + "</UpdateRecipient>");
    assertThat(client.select("a@example.org")).contains("<OptedOut/>");

    String export =
        client.call(
            "<RawRecipientDataExport>"
                + LIST
                + "<EVENT_DATE_START>01/02/2026 15:15:07</EVENT_DATE_START>"
                + "<OPTOUTS/><OPTINS/><MOVE_TO_FTP/><COLUMNS><COLUMN><NAME>CONSENT_EMAIL</NAME></COLUMN></COLUMNS>"
                + "</RawRecipientDataExport>");

    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(client.file(export)));
    assertThat(zip.getNextEntry().getName()).endsWith(".csv");
    assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .anyMatch(
            l ->
                l.startsWith(id + ",")
                    && l.contains("a@example.org,Opt Out,01/02/2026 15:15:07")
                    && l.endsWith(",granted"))
        .anyMatch(l -> l.contains("Opt In,01/02/2026 15:15:09"));
  }

  @Test
  void keepsAnOptOutWhenTheContactIsAddedAgainByHandButNotWhenItSignsUp() {
    client.add("a@example.org");
    client.call("<OptOutRecipient>" + LIST + "<EMAIL>a@example.org</EMAIL></OptOutRecipient>");
    String again =
        "<AddRecipient>"
            + LIST
            + "<CREATED_FROM>%s</CREATED_FROM><UPDATE_IF_FOUND>true</UPDATE_IF_FOUND>"
            + column("EMAIL", "a@example.org")
            + "</AddRecipient>";

    client.call(again.formatted("1"));
    assertThat(client.select("a@example.org")).doesNotContain("<OptedOut/>");
    client.call(again.formatted("2"));
    assertThat(client.select("a@example.org")).contains("<OptedOut/>");
  }

  @Test
  void removesAContact() {
    client.add("a@example.org");
    String remove = "<RemoveRecipient>" + LIST + "<EMAIL>a@example.org</EMAIL></RemoveRecipient>";

    assertThat(text(client.call(remove), "SUCCESS")).isEqualTo("TRUE");
    assertThat(client.call(remove)).contains("<errorid>128</errorid>");
  }

  @Test
  void describesItsDatabase() {
    client.add("a@example.org");
    client.call(
        "<AddListColumn>"
            + LIST
            + "<COLUMN_NAME>Shoe</COLUMN_NAME><COLUMN_TYPE>0</COLUMN_TYPE></AddListColumn>");

    assertThat(client.call("<GetListMetaData>" + LIST + "</GetListMetaData>"))
        .contains(
            "<SIZE>1</SIZE>", "<NAME>Customer Id</NAME>", "<NAME>Shoe</NAME>", "01/02/26 03:15 PM");
    assertThat(
            client.call("<GetLists><VISIBILITY>1</VISIBILITY><LIST_TYPE>2</LIST_TYPE></GetLists>"))
        .contains("<ID>85628</ID>");
  }

  @Test
  void importsAnUploadedFile() {
    client.call("<GetLists/>");
    client.upload(
        "/upload/map.xml",
        "<LIST_IMPORT><LIST_INFO><ACTION>ADD_AND_UPDATE</ACTION></LIST_INFO></LIST_IMPORT>");
    client.upload("/upload/people.csv", "EMAIL,CITY\na@example.org,Bern\nbroken,Bern\n");

    String job =
        client.call(
            "<ImportList><MAP_FILE>map.xml</MAP_FILE><SOURCE_FILE>people.csv</SOURCE_FILE></ImportList>");

    assertThat(client.finished(job)).contains("<NAME>BAD_RECORDS</NAME>\n<VALUE>1</VALUE>");
    assertThat(value(client.select("a@example.org"), "CITY")).isEqualTo("Bern");
  }

  @Test
  void showsAndEditsRecordsForPeople() {
    RecordTable records = sandbox.records();
    String id = records.add(Map.of("EMAIL", "a@example.org", "CITY", "Bern"));

    assertThatThrownBy(() -> records.add(Map.of("EMAIL", "a@example.org")))
        .hasMessageContaining("already exists");
    records.edit(id, Map.of("CITY", "Chur", "OPT_OUT", ""));
    assertThat(records.unsubscribe(id)).isTrue();

    assertThat(records.rows("chur", 0, 10))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.values())
                    .containsEntry("CITY", "Chur")
                    .containsEntry("OPT_OUT", "True"));
    records.delete(id);
    assertThat(records.count()).isZero();
  }

  private String login(String password) {
    String command =
        "<Login><USERNAME>nave@sandbox.example</USERNAME><PASSWORD>"
            + password
            + "</PASSWORD></Login>";
    return client.callWith(null, "/XMLAPI", AcousticClient.envelope(command)).body();
  }

  private static final class SettableClock extends Clock {
    private volatile Instant now;

    SettableClock(Instant now) {
      this.now = now;
    }

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  // -- Transact

  private static String mailing(String head, String... recipients) {
    return "<XTMAILING>" + head + String.join("", recipients) + "</XTMAILING>";
  }

  private static String recipient(String email) {
    return "<RECIPIENT><EMAIL>"
        + email
        + "</EMAIL><BODY_TYPE>HTML</BODY_TYPE><PERSONALIZATION><TAG_NAME>LINK</TAG_NAME>"
        + "<VALUE><![CDATA[https://a.example/x?a=1&b=2]]></VALUE></PERSONALIZATION></RECIPIENT>";
  }

  private static String group(String id) {
    return "<CAMPAIGN_ID>" + id + "</CAMPAIGN_ID><TRANSACTION_ID>t-1</TRANSACTION_ID>";
  }

  private String submit(String xml) {
    String token = client.token(Sessions.REFRESH_TOKEN).body().split("\"")[3];
    return client.callWith(token, "/XTMail", xml).body();
  }

  @Test
  void sendsAMessageAndShowsIt() {
    String all = "<SHOW_ALL_SEND_DETAIL>true</SHOW_ALL_SEND_DETAIL>";
    String answer = submit(mailing(group(Transact.GROUP) + all, recipient("a@example.org")));

    assertThat(text(answer, "STATUS")).isEqualTo("0");
    assertThat(text(answer, "TRANSACTION_ID")).isEqualTo("t-1");
    assertThat(text(answer, "EMAILS_SENT")).isEqualTo("1");
    assertThat(text(answer, "SEND_STATUS")).isEqualTo("0");
    assertThat(sandbox.messages().get(0).texts())
        .containsEntry("LINK", "https://a.example/x?a=1&b=2");
    assertThat(client.get("/_sandbox/messages"))
        .contains("To a@example.org", "<a href=\"https://a.example/x?a=1&amp;b=2\">");
    assertThat(client.get("/")).contains("href=\"/_sandbox/messages\"");
  }

  @Test
  void refusesWhatIsNoSubmission() {
    String known = group(Transact.GROUP);
    String recipient = recipient("a@example.org");
    for (String wrong :
        List.of(
            "<XTMAILING>",
            "<Envelope/>",
            mailing(recipient + known),
            mailing("<TRANSACTION_ID>t</TRANSACTION_ID><CAMPAIGN_ID>300401</CAMPAIGN_ID>"),
            mailing(group("1"), recipient),
            mailing(known),
            mailing(known, recipient.repeat(11)),
            mailing(known, recipient.replace("<EMAIL>a@example.org</EMAIL>", "")))) {
      String answer = submit(wrong);
      assertThat(text(answer, "STATUS")).as(wrong).isEqualTo("2");
      assertThat(text(answer, "EMAILS_SENT")).as(wrong).isEqualTo("0");
    }
    assertThat(sandbox.messages()).isEmpty();
  }

  @Test
  void tellsWhichRecipientsAreSuppressed() {
    String answer =
        submit(
            mailing(
                group(Transact.GROUP),
                recipient("a@example.org"),
                recipient("b@suppressed.example")));

    assertThat(text(answer, "STATUS")).isEqualTo("1");
    assertThat(text(answer, "NUMBER_ERRORS")).isEqualTo("1");
    assertThat(answer).contains("<ERROR_CODE>10</ERROR_CODE>").doesNotContain("a@example.org");
  }

  @Test
  void transactAsksForAToken() {
    var answer = client.callWith("wrong", "/XTMail", mailing(group(Transact.GROUP)));

    assertThat(answer.statusCode()).isEqualTo(401);
  }
}
