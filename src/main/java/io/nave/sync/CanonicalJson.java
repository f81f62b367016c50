package io.nave.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The canonical records as JSON, for the database and the log: without nulls and empty lists, keys
 * always in the same order (the record's, then alphabetically inside free-form trees), times in UTC
 * to the microsecond. Equal records give equal bytes, and reading what was written gives an equal
 * record. Thread-safe.
 */
public final class CanonicalJson {
  private static final ObjectMapper MAPPER = mapper();

  private CanonicalJson() {}

  /** A canonical record, or a list of them, as JSON in UTF-8. */
  public static byte[] bytes(Object canonical) {
    return done(() -> MAPPER.writeValueAsBytes(canonical));
  }

  /** A canonical record, or a list of them, as JSON text. */
  public static String text(Object canonical) {
    return done(() -> MAPPER.writeValueAsString(canonical));
  }

  /** A canonical record, or a list of them, as a JSON tree. */
  public static JsonNode tree(Object canonical) {
    return MAPPER.valueToTree(canonical);
  }

  /**
   * Reads a canonical record from a JSON tree. Fields the record does not have are passed over.
   *
   * @throws IllegalArgumentException when the tree is not such a record
   */
  public static <T> T read(JsonNode tree, Class<T> type) {
    return done(() -> MAPPER.treeToValue(tree, type));
  }

  /** As {@link #read(JsonNode, Class)}, from JSON in UTF-8. */
  public static <T> T read(byte[] json, Class<T> type) {
    return done(() -> MAPPER.readValue(json, type));
  }

  /** As {@link #read(JsonNode, Class)}, from JSON text. */
  public static <T> T read(String json, Class<T> type) {
    return done(() -> MAPPER.readValue(json, type));
  }

  /** Reads a list of canonical records; null and JSON null give an empty list. */
  public static <T> List<T> readList(JsonNode tree, Class<T> type) {
    if (tree == null || tree.isNull() || tree.isMissingNode()) {
      return List.of();
    }
    List<T> list = new ArrayList<>(tree.size());
    tree.forEach(one -> list.add(read(one, type)));
    return List.copyOf(list);
  }

  /** As {@link #readList(JsonNode, Class)}, from JSON text. */
  public static <T> List<T> readList(String json, Class<T> type) {
    return json == null ? List.of() : done(() -> MAPPER.readerForListOf(type).readValue(json));
  }

  /** Reads a JSON object whose values are all of one type. */
  public static <T> Map<String, T> readMap(String json, Class<T> type) {
    return done(() -> MAPPER.readerForMapOf(type).readValue(json));
  }

  /**
   * Any JSON as a tree.
   *
   * @throws IllegalArgumentException when it is not JSON
   */
  public static JsonNode parse(byte[] json) {
    return done(() -> MAPPER.readTree(json));
  }

  /** As {@link #parse(byte[])}, from text. */
  public static JsonNode parse(String json) {
    return done(() -> MAPPER.readTree(json));
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T done(Work<T> work) {
    try {
      return work.run();
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("JSON: " + wrong.getOriginalMessage(), wrong);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ObjectMapper mapper() {
    SimpleModule times = new SimpleModule();
    times.addSerializer(Instant.class, new Written<>(Instant.class));
    times.addSerializer(LocalDate.class, new Written<>(LocalDate.class));
    times.addDeserializer(Instant.class, new InstantText());
    times.addDeserializer(LocalDate.class, new DateText());
    times.addDeserializer(Object.class, new AnyJson());
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModule(times)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
            .build();
    JsonInclude.Value filled = JsonInclude.Value.construct(Include.NON_EMPTY, Include.ALWAYS);
    mapper.configOverride(List.class).setInclude(filled);
    mapper.configOverride(Map.class).setInclude(filled);
    return mapper;
  }

  private static final class Written<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    Written(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value instanceof Instant time ? IsoTime.text(time) : value.toString());
    }
  }

  private static final class InstantText extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantText() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      Instant time = IsoTime.read(json.getText());
      return time != null
          ? time
          : (Instant) context.handleWeirdStringValue(Instant.class, "…", "a time with an offset");
    }
  }

  private static final class DateText extends StdDeserializer<LocalDate> {
    private static final long serialVersionUID = 1L;

    DateText() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      LocalDate date = IsoTime.readDate(json.getText());
      return date != null
          ? date
          : (LocalDate) context.handleWeirdStringValue(LocalDate.class, "…", "an ISO date");
    }
  }
}
