package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Turns a vendor's record into observations. Implemented by the connectors' runtime. */
public interface Translation {

  /**
   * Translates.
   *
   * @param record as JSON
   * @throws RuntimeException that says what cannot be translated
   */
  List<JsonNode> translate(String spoke, JsonNode record);
}
