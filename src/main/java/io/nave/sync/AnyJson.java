package io.nave.sync;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any JSON as Java values. A number is an Integer, Long or BigInteger where it is whole (1.0 is 1),
 * else a BigDecimal without zeros at its end: one number has one form.
 */
final class AnyJson extends StdDeserializer<Object> {
  private static final long serialVersionUID = 1L;

  /** Larger powers of ten stay in scientific notation. */
  private static final int MOST_WHOLE_DIGITS = 300;

  AnyJson() {
    super(Object.class);
  }

  @Override
  public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
    return value(json);
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_NUMBER_INT -> shortest(json.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> shortest(json.getDecimalValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      object.put(key, value(json));
    }
    return object;
  }

  private static List<Object> array(JsonParser json) throws IOException {
    List<Object> array = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(json));
    }
    return array;
  }

  private static Object shortest(BigInteger number) {
    return number.bitLength() > 63 ? number : shortest(number.longValueExact());
  }

  private static Object shortest(long number) {
    return number == (int) number ? (Object) (int) number : (Object) number;
  }

  private static Object shortest(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    long digits = (long) bare.precision() - bare.scale();
    boolean whole = bare.scale() == 0 || bare.scale() < 0 && digits <= MOST_WHOLE_DIGITS;
    return whole ? shortest(bare.toBigIntegerExact()) : bare;
  }
}
