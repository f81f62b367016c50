package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  private static final Path EXAMPLES = Path.of("docs/examples").toAbsolutePath();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private StubHub hub;
  @TempDir Path folder;

  @BeforeEach
  void startHub() throws Exception {
    hub = new StubHub();
  }

  @AfterEach
  void stopHub() throws Exception {
    hub.close();
  }

  @Test
  void loadsTheExampleWithItsMapping() {
    int code =
        load(EXAMPLES.resolve("people.csv"), EXAMPLES.resolve("people.mapping.yaml"), "shop");

    assertThat(code).isZero();
    assertThat(hub.received).hasSize(3);
    var sian = hub.received.get(0);
    assertThat(sian.path("spoke").asText()).isEqualTo("shop");
    assertThat(sian.path("kind").asText()).isEqualTo("snapshot");
    assertThat(sian.at("/customer/name/given").asText()).isEqualTo("Siân");
    assertThat(sian.at("/customer/birthDate").asText()).isEqualTo("1980-02-03");
    assertThat(sian.at("/customer/gender").asText()).isEqualTo("female");
    assertThat(sian.at("/customer/emails/0/value").asText()).isEqualTo("sian@example.org");
    assertThat(sian.at("/customer/addresses/0/lines/0").asText()).isEqualTo("1 Heol y Frenhines");
    assertThat(sian.at("/customer/identifiers/0/type").asText()).isEqualTo("loyalty");
    assertThat(hub.received.get(2).at("/customer/addresses/0/lines").isMissingNode()).isTrue();
    assertThat(out.toString()).contains("accepted    3", "refused     0", "reconciled  3");
  }

  @Test
  void previewsRulesOfSurvivorshipAttributeByAttribute() throws IOException {
    int code = run("survivorship", "preview", write("s.yaml", "trust: [crm]").toString());

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("7 of 2,000 customers would change", "name: 7", "customer c-1")
        .contains("is      {\"given\":\"Jon\"}", "from crm r-1 (recent)", "becomes nothing");
  }

  @Test
  void appliesRulesOfSurvivorshipAndWaits() throws IOException {
    int code = run("survivorship", "apply", write("s.yaml", "trust: [crm]").toString());

    assertThat(code).isZero();
    assertThat(out.toString()).contains("2,000 of 2,000 customers, 7 changed", "config/");
  }

  @Test
  void namesTheMistakesOfRulesWithTheFileThatWasTyped() throws IOException {
    var file = write("mine.yaml", "default: {by: luck}").toString();

    assertThat(run("survivorship", "preview", file)).isEqualTo(1);
    assertThat(run("survivorship", "apply", file)).isEqualTo(1);
    assertThat(err.toString()).contains(file + ":1: default.by: luck");
  }

  @Test
  void previewsRulesOfMatchingWithTheirReasons() throws IOException {
    int code = run("match", "preview", write("m.yaml", "match: 0.8").toString());

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("3,000 records: 2,000 customers now, 1,999 then")
        .contains("merges: 1, of 2 customers", "splits: 0, into 0 parts")
        .contains("customer c-1: crm r-1 and 2 more", "crm r-1 - esp r-2")
        .contains("is      POSSIBLE_MATCH, 2.0 bits (score)", "becomes MATCH", "same given name");
  }

  @Test
  void appliesRulesOfMatchingAndWaits() throws IOException {
    int code = run("match", "apply", write("m.yaml", "match: 0.8").toString());

    assertThat(code).isZero();
    assertThat(out.toString()).contains("3,000 of 3,000 records, 4 of them", "config/");
  }

  @Test
  void replaysAndWaits() {
    assertThat(run("replay", "crm", "--all", "--quiet")).isZero();
    assertThat(out.toString())
        .contains("quiet: no way", "7 crm running", "7 crm done: 2,000 of 2,000 customers")
        .contains("3 written", "before {\"a\":1}", "wanted {\"a\":2}");
    assertThat(hub.asked.get(0)).contains("\"quiet\":true", "\"all\":true");
  }

  @Test
  void aReplayOfNobodyInParticularIsRefused() {
    assertThat(run("replay", "crm")).isEqualTo(1);
    assertThat(err.toString()).contains("no customers are chosen");
    assertThat(hub.asked).hasSize(1);
  }

  @Test
  void aReplayIsCancelled() {
    assertThat(run("replay", "--cancel", "7")).isZero();
    assertThat(hub.asked.get(0)).startsWith("POST /api/replays/7/cancel");
  }

  @Test
  void anAuditTellsWhatDiffersAndRepairsNothingUnasked() {
    assertThat(run("audit", "crm", "--repair")).isEqualTo(1);
    assertThat(out.toString())
        .contains("3 of 10 records differ", "3  differs", "1  vanished", "3    profile.city")
        .contains("Write 3 records of crm, and take notice of 1 that are gone?")
        .contains("Nothing was repaired");
    assertThat(hub.asked).noneMatch(one -> one.contains("repair"));
  }

  @Test
  void anAuditRepairsWhenItIsTold() {
    assertThat(run("audit", "crm", "--repair", "--yes")).isEqualTo(1);
    assertThat(out.toString()).contains("Replay 8 writes what differs.");
    assertThat(hub.asked.get(hub.asked.size() - 1)).startsWith("POST /api/audits/5/repair");
  }

  @Test
  void namesTheMistakesOfRulesOfMatchingAndWhyTheHubDeclines() throws IOException {
    var file = write("mine.yaml", "luck: 1").toString();

    assertThat(run("match", "preview", file)).isEqualTo(1);
    assertThat(run("match", "apply", file)).isEqualTo(1);
    assertThat(err.toString()).contains(file + ":1: luck: unknown");
    assertThat(run("match", "preview", write("p.yaml", "patience: 1").toString())).isNotZero();
    assertThat(err.toString()).contains("409", "another is being made");
  }

  @Test
  void loadsWithJsltAndNdjson() throws IOException {
    var file = write("people.ndjson", "{\"id\": 7, \"email\": \"a@example.org\"}\n\n");

    int code = load(file, EXAMPLES.resolve("people.mapping.jslt"), "shop");

    assertThat(code).isZero();
    assertThat(hub.received).singleElement();
    assertThat(hub.received.get(0).path("recordId").asText()).isEqualTo("7");
    assertThat(hub.received.get(0).hasNonNull("changedAt")).isTrue();
  }

  @Test
  void neverReadsTheAnswerOfTheLabelledFile() throws IOException {
    var file =
        write(
            "figures.csv",
            """
            record_id,cluster_id,first_name,surname,dob,birth_place,postcode_fake,gender,occupation
            r1,c9,Ada,Lovelace,1815-12-10,london,w1 1aa,female,mathematician
            r2,c9,Ada,Lovelace,1815,london,w1 1aa,female,
            """);

    int code = load(file, EXAMPLES.resolve("historical-figures.mapping.yaml"), "wiki");

    assertThat(code).isZero();
    assertThat(hub.received).hasSize(2).noneMatch(each -> each.toString().contains("c9"));
    assertThat(received("r2").at("/customer/birthDate").isMissingNode()).isTrue();
  }

  @Test
  void namesRefusedRowsByTheirLines() throws IOException {
    var file = write("rows.csv", "id,note\n1,\"two\nlines\"\nbad-2,x\n,nothing\n" + rows(4, 1500));
    var mapping = write("m.yaml", "recordId: id\nattributes.note: note\n");

    int code = load(file, mapping, "shop");

    assertThat(code).isEqualTo(2);
    assertThat(hub.received).hasSize(1498);
    assertThat(out.toString())
        .contains("rows        1,500", "accepted    1,498", "refused     2")
        .contains("line 4: /recordId: is bad", "line 5: recordId: empty");
  }

  @Test
  void triesAgainWhileTheHubAsksToWait() throws IOException {
    hub.busyAnswers.set(5);
    var file = write("rows.csv", "id,note\n" + rows(1, 600));
    var mapping = write("m.yaml", "recordId: id\n");

    assertThat(load(file, mapping, "shop")).isZero();

    assertThat(hub.received).hasSize(600);
    assertThat(hub.busyAnswers).hasValue(0);
  }

  @Test
  void refusesABrokenLineAndGoesOn() throws IOException {
    var file = write("rows.ndjson", "{\"id\": 1}\nnot json\n{\"id\": 3}\n");

    int code = load(file, write("m.yaml", "recordId: id\n"), "shop");

    assertThat(code).isEqualTo(2);
    assertThat(hub.received).hasSize(2);
    assertThat(out.toString()).contains("line 2: not a JSON object");
  }

  @Test
  void tellsAllMistakesOfAMappingAtOnce() throws IOException {
    var mapping = write("m.yaml", "name.first: id\nbirthDate: {column: dob, format: QQQQQQ}\n");

    int code = load(write("rows.csv", "id\n1\n"), mapping, "shop");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("name.first: unknown", "no column dob", "birthDate.format", "recordId: missing");
    assertThat(hub.received).isEmpty();
  }

  @Test
  void tellsWhenTheHubMakesNoProgress() throws IOException {
    hub.stuck = true;
    var file = write("rows.csv", "id\n1\n");
    var mapping = write("m.yaml", "recordId: id\n");

    int code = run("load", file, "--spoke", "shop", "--mapping", mapping, "--patience", "PT0.1S");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("reconciled 40 of 41 and no more");
  }

  @Test
  void tellsWhenNoHubIsThere() {
    var nobody =
        NaveMain.commandLine()
            .setErr(new PrintWriter(err))
            .execute("status", "--url", "http://127.0.0.1:1");

    assertThat(nobody).isEqualTo(1);
    assertThat(err.toString()).contains("does not answer (expected: a running hub, see ./nave up)");
  }

  @Test
  void showsTheStatusAsATable() {
    assertThat(run("status")).isZero();

    assertThat(out.toString())
        .contains("version", "accepted", "40", "name  delivered", "shop     12,345");
  }

  @Test
  void findsNoMistakeInWhatEngineersEdit() {
    int code = NaveMain.commandLine().setOut(new PrintWriter(out)).execute("check");

    assertThat(out.toString()).contains("no mistakes");
    assertThat(code).isZero();
  }

  @Test
  void everyCommandHasHelp() {
    for (var command : List.of("up", "load", "status")) {
      var text = new StringWriter();
      int code = NaveMain.commandLine().setOut(new PrintWriter(text)).execute(command, "--help");
      assertThat(code).isZero();
      assertThat(text.toString()).contains("Usage: nave " + command);
    }
  }

  private JsonNode received(String recordId) {
    return hub.received.stream()
        .filter(each -> each.path("recordId").asText().equals(recordId))
        .findAny()
        .orElseThrow();
  }

  private static String rows(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + ",x\n").collect(Collectors.joining());
  }

  private int load(Path file, Path mapping, String spoke) {
    return run("load", file, "--spoke", spoke, "--mapping", mapping);
  }

  private int run(Object... args) {
    var words = new ArrayList<String>();
    for (var arg : args) {
      words.add(arg.toString());
    }
    words.addAll(List.of("--url", hub.url()));
    return NaveMain.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words.toArray(String[]::new));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
