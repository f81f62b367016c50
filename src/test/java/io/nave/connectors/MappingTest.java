package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void knowsTheSpokeAndTheTime() throws IOException {
    assertThat(mapped("{\"s\": $spoke, \"t\": $now, \"x\": .missing}", "{}"))
        .contains(JSON.readTree("{\"s\": \"shop\", \"t\": \"2026-01-02T03:04:05Z\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          epoch-millis("2026-01-02T03:04:05Z")                                      | 1767323045000
          epoch-millis("2026-01-02T03:04:05.250+0000")                              | 1767323045250
          epoch-millis("1970-01-02")                                                | 86400000
          from-epoch-millis(1767323045250)                                          | "2026-01-02T03:04:05.250Z"
          country-alpha3("gb")                                                      | "GBR"
          country-alpha2("DEU")                                                     | "DE"
          country-alpha3("XX")                                                      | null
          country-alpha3(null)                                                      | null
          local-time("MM/dd/yyyy", "1980-02-03", "America/New_York")                | "02/03/1980"
          local-time("MM/dd/yyyy hh:mm:ss a", "2026-07-02T13:04:05Z", "Europe/Paris") | "07/02/2026 03:04:05 PM"
          parse-local-time("MM/dd/yyyy hh:mm:ss a", "07/02/2026 03:04:05 pm", "Europe/Paris") | "2026-07-02T13:04:05Z"
          parse-local-time("MM/dd/yyyy", "02/03/1980", "UTC")                       | "1980-02-03T00:00:00Z"
          parse-local-time("d MMM yyyy HH:mm Z", "3 Feb 1980 10:00 +0100", "UTC")   | "1980-02-03T09:00:00Z"
          parse-local-time("MM/dd/yyyy", "", "UTC")                                 | null
          {"a": cleared(), "b": [{"c": cleared()}]}                                 | {"a": null, "b": [{"c": null}]}
          """)
  void functionsYield(String jslt, String expected) throws IOException {
    assertThat(mapped("[" + jslt + "]", "{}"))
        .map(Object::toString)
        .contains(JSON.readTree("[" + expected + "]").toString());
  }

  @Test
  void nullIsNothingAndAnArrayIsMany() throws IOException {
    assertThat(mapped("if (.ours) .", "{\"ours\": false}")).isEmpty();
    assertThat(mapping("null").applyToMany(JSON.readTree("{}"), "shop", NOW, "r")).isEmpty();
    assertThat(mapping("[1, null, 2]").applyToMany(null, "shop", NOW, "r")).hasSize(2);
    assertThat(mapping("{\"a\": 1}").applyToMany(null, "shop", NOW, "r")).hasSize(1);
  }

  @Test
  void refusesAFileThatDoesNotCompileNamingItsLine() {
    assertThatThrownBy(() -> mapping("{\n  \"a\": ,\n}"))
        .isInstanceOf(MappingFailed.class)
        .hasMessageContaining("to-canonical.jslt:2:");
    assertThatThrownBy(() -> mapping("{\n  \"a\": no-such(1)\n}"))
        .hasMessageContaining("to-canonical.jslt:2:")
        .hasMessageContaining("no-such");
  }

  @Test
  void namesFileLineAndRecordButNoValueWhenARecordFails() throws IOException {
    var mapping = mapping("{\n  \"n\": number(.age)\n}");
    var record = JSON.readTree("{\"age\": \"Sian's secret\"}");
    assertThatThrownBy(() -> mapping.apply(record, "shop", NOW, "record 3 of 10"))
        .isInstanceOf(MappingFailed.class)
        .hasMessageContaining("to-canonical.jslt:2: number")
        .hasMessageContaining("(record 3 of 10)")
        .hasMessageNotContaining("ecret");
    assertThatThrownBy(() -> mapped("epoch-millis(.age)", "{\"age\": \"old\"}"))
        .hasMessageContaining("(expected: an ISO 8601 time)")
        .hasMessageNotContaining("old");
    assertThatThrownBy(
            () -> mapped("local-time(\"yyyy\", .t, \"Mars\")", "{\"t\": \"2026-01-02\"}"))
        .isInstanceOf(MappingFailed.class);
    assertThatThrownBy(() -> mapped("from-epoch-millis(.t)", "{\"t\": \"soon\"}"))
        .hasMessageContaining("milliseconds");
  }

  @Test
  void importsFilesOfItsFolder() throws IOException {
    Files.writeString(folder.resolve("common.jslt"), "def twice(n) $n * 2");
    assertThat(mapped("import \"common.jslt\" as c c:twice(.n)", "{\"n\": 4}"))
        .map(JsonNode::asInt)
        .contains(8);
  }

  @Test
  void servesManyThreadsAtOnce() throws IOException {
    var mapping = mapping("{\"n\": .n + 1, \"gone\": cleared(), \"fixed\": [{\"a\": 1}]}");
    var results =
        IntStream.range(0, 2_000)
            .parallel()
            .mapToObj(n -> mapping.apply(JSON.createObjectNode().put("n", n), "shop", NOW))
            .map(result -> result.orElseThrow().get("n").asInt())
            .toList();
    assertThat(results).isEqualTo(IntStream.rangeClosed(1, 2_000).boxed().toList());
  }

  private Optional<JsonNode> mapped(String jslt, String input) throws IOException {
    return mapping(jslt).apply(JSON.readTree(input), "shop", NOW);
  }

  private Mapping mapping(String jslt) throws IOException {
    return Mapping.compile(Files.writeString(folder.resolve("to-canonical.jslt"), jslt));
  }
}
