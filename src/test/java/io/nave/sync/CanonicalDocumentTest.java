package io.nave.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Standardise;
import io.nave.sync.ObservationReader.Answer;
import io.nave.sync.ObservationReader.Read;
import io.nave.sync.ObservationReader.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of docs/canonical.md do what the page says. */
class CanonicalDocumentTest {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\S[^\\n]*)\\n(.*?)^```$");
  private final String page = read("docs/canonical.md");
  private final ObservationReader reader = ObservationReader.load(new Standardise("GB"));

  private record Block(String language, String text) {}

  @TestFactory
  Stream<DynamicTest> examplesDoWhatThePageSays() {
    List<Block> blocks = blocks();
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : new Block("", "");
      if (block.language.equals("json")) {
        tests.add(DynamicTest.dynamicTest(firstLine(block), () -> check(block, next)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(5);
    return tests.stream();
  }

  private void check(Block example, Block next) {
    Answer answer =
        reader.read(example.text.getBytes(UTF_8), Instant.parse("2026-01-02T03:04:05Z"));
    switch (next.language) {
      case "text" ->
          assertThat(((Refused) answer).refusals())
              .extracting(Refusal::message)
              .containsExactly(next.text.strip().split("\n"));
      case "json becomes" ->
          assertThat(CanonicalJson.tree(((Read) answer).observation().customer()))
              .isEqualTo(CanonicalJson.parse(next.text.getBytes(UTF_8)));
      default -> assertThat(answer).isInstanceOf(Read.class);
    }
  }

  @Test
  void thePageNamesEveryFieldAndValueOfTheSchema() {
    Set<String> names = new TreeSet<>();
    collect(
        CanonicalJson.parse(read("config/canonical/observation.schema.json").getBytes(UTF_8)),
        names);

    assertThat(names).hasSizeGreaterThan(50).allMatch(name -> page.contains("`" + name + "`"));
  }

  private static void collect(JsonNode schema, Set<String> names) {
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      names.add(field.getKey());
      collect(field.getValue(), names);
    }
    for (JsonNode value : schema.path("enum")) {
      names.add(value.isNull() ? "null" : value.asText());
    }
    schema.path("$defs").forEach(inner -> collect(inner, names));
    if (schema.has("items")) {
      collect(schema.get("items"), names);
    }
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher fence = FENCE.matcher(page);
    while (fence.find()) {
      blocks.add(new Block(fence.group(1), fence.group(2)));
    }
    return blocks;
  }

  private static String firstLine(Block block) {
    return block
        .text
        .strip()
        .lines()
        .skip(block.text.startsWith("{\n") ? 1 : 0)
        .findFirst()
        .orElse("");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }
}
