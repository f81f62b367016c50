package io.nave;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the columns of a file hold, recognised by their usual names. Columns that nobody knows, but
 * whose text comes again and again, become attributes; numbers, codes, flags and times do not.
 */
final class Recognised {
  private static final int SAMPLE = 20_000;
  private static final int FEWEST_VALUES = 12;
  private static final Map<String, String> TYPES = types();

  private final List<String> columns;
  private final Map<String, Samples> samples;
  private final Map<String, List<Column>> targets = new LinkedHashMap<>();
  private final Set<String> used = new TreeSet<>();

  private Recognised(List<String> columns, Map<String, Samples> samples) {
    this.columns = columns;
    this.samples = samples;
  }

  /**
   * Reads the file's beginning.
   *
   * @param hidden columns that are not read; whatever they are
   * @throws IllegalArgumentException where no column is the record's id
   */
  static Recognised of(Path file, Rows.Format format, Set<String> hidden) throws IOException {
    try (var rows = Rows.open(file, format)) {
      var samples = new LinkedHashMap<String, Samples>();
      rows.columns().forEach(column -> samples.put(column, new Samples()));
      for (int i = 0; i < SAMPLE && rows.hasNext(); i++) {
        var row = rows.next().row();
        if (row != null) {
          row.fields()
              .forEachRemaining(
                  field ->
                      samples
                          .computeIfAbsent(field.getKey(), x -> new Samples())
                          .add(field.getValue().asText("").strip()));
        }
      }
      samples.keySet().removeAll(hidden);
      var recognised = new Recognised(List.copyOf(samples.keySet()), samples);
      recognised.all();
      return recognised;
    }
  }

  private void all() {
    one("recordId");
    if (!targets.containsKey("recordId")) {
      throw new IllegalArgumentException(
          "columns: %s (expected: one with the record's id, such as record_id; or --mapping)"
              .formatted(columns));
    }
    type();
    names();
    dates();
    for (var target : List.of("gender", "language")) {
      one(target);
    }
    several("emails");
    several("phones");
    several("domains");
    address();
    ColumnNames.identifiers().forEach(this::one);
    one("employer");
    attributes();
  }

  /** The mapping. */
  Mapping mapping(Instant changedAt) {
    return ColumnMapping.of(targets, changedAt);
  }

  /** What was understood, a line for each part, and what was not. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    targets.forEach((target, from) -> lines.add("  %-24s %s".formatted(target, names(from))));
    var rest = new ArrayList<>(columns);
    rest.removeAll(used);
    if (!rest.isEmpty()) {
      lines.add("  %-24s %s".formatted("not read", String.join(", ", rest)));
    }
    return lines;
  }

  private static String names(List<Column> from) {
    var names = new ArrayList<String>();
    for (var column : from) {
      names.add(
          column.constant() == null ? String.join(" + ", column.columns()) : column.constant());
    }
    return String.join(", ", names);
  }

  private List<String> find(String target) {
    return ColumnNames.find(target, columns).stream().filter(c -> !used.contains(c)).toList();
  }

  private void put(String target, List<Column> from) {
    if (!from.isEmpty()) {
      targets.put(target, from);
      from.forEach(column -> used.addAll(column.columns()));
    }
  }

  /** The first column of that name that has values. */
  private void one(String target) {
    find(target).stream()
        .filter(column -> samples.get(column).filled() > 0)
        .limit(1)
        .forEach(column -> put(target, List.of(Column.of(target, List.of(column)))));
  }

  private void several(String target) {
    put(target, find(target).stream().map(c -> Column.of(target, List.of(c))).toList());
  }

  private void type() {
    for (var column : find("type")) {
      if (!targets.containsKey("type") && TYPES.keySet().containsAll(samples.get(column).words())) {
        put("type", List.of(Column.of("type", List.of(column)).with(TYPES)));
      }
    }
  }

  private void names() {
    for (var part : List.of("prefix", "given", "middle", "family", "suffix")) {
      one("name." + part);
    }
    boolean parted = targets.containsKey("name.family") || targets.containsKey("name.given");
    several("name.full");
    boolean person = parted || targets.containsKey("name.full");
    if (person && !targets.containsKey("type") && find("organisation").size() == 1) {
      var company = ColumnNames.normal(find("organisation").get(0));
      if (company.equals("company") || company.equals("company_name")) {
        put("employer", List.of(Column.of("employer", find("organisation"))));
      }
    }
    several("organisation");
  }

  private void dates() {
    one("birthDate");
    targets.computeIfPresent(
        "birthDate",
        (target, from) -> {
          var values = samples.get(from.get(0).columns().get(0)).words();
          return List.of(from.get(0).with(DateFormats.usual(values)));
        });
  }

  private void address() {
    var lines = new ArrayList<Column>();
    var number = find("addresses.number");
    for (var line : find("addresses.lines")) {
      boolean first = lines.isEmpty() && !number.isEmpty();
      lines.add(Column.of("addresses.lines", first ? List.of(number.get(0), line) : List.of(line)));
    }
    put("addresses.lines", lines);
    for (var part : List.of("city", "region", "postalCode", "country")) {
      one("addresses." + part);
    }
  }

  private void attributes() {
    for (var column : columns) {
      var sample = samples.get(column);
      if (!used.contains(column)
          && !ColumnNames.saysNothing(column)
          && sample.isText()
          && sample.distinct() >= FEWEST_VALUES
          && sample.comesAgain()) {
        var target = "attributes." + column;
        put(target, List.of(Column.of(target, List.of(column))));
      }
    }
  }

  private static Map<String, String> types() {
    var types = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    Set.of("person", "individual", "people", "human", "p", "i", "b2c")
        .forEach(word -> types.put(word, "person"));
    Set.of("organisation", "organization", "company", "business", "org", "o", "entity", "b2b")
        .forEach(word -> types.put(word, "organisation"));
    return types;
  }
}
