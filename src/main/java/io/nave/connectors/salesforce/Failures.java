package io.nave.connectors.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nave.platform.VendorError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.camel.component.salesforce.api.SalesforceException;

/**
 * Turns what the component throws into a VendorError with Salesforce's error code. The vendor's
 * message is left out, since it repeats values: the code and the names of the fields say enough.
 */
final class Failures {
  private static final JsonMapper JSON = new JsonMapper();

  private Failures() {}

  static VendorError of(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof VendorError known) {
        return known;
      }
      if (at instanceof TimeoutException) {
        return new VendorError("timeout", "no answer in time");
      }
      if (at instanceof JsonProcessingException) {
        return new VendorError("malformed", "the answer is no JSON");
      }
      if (at instanceof IOException) {
        return new VendorError("connection", at.getClass().getSimpleName());
      }
      if (at instanceof SalesforceException refused && refused.getStatusCode() > 0) {
        return of(refused);
      }
    }
    return new VendorError("unexpected", failure.getClass().getSimpleName(), failure);
  }

  private static VendorError of(SalesforceException refused) {
    String status = "HTTP " + refused.getStatusCode();
    if (!refused.getErrors().isEmpty()) {
      return new VendorError(refused.getErrors().get(0).getErrorCode(), status);
    }
    try {
      JsonNode error = JSON.readTree(refused.getMessage()).path(0);
      String code = error.path("errorCode").asText("");
      return new VendorError(
          code.isEmpty() ? status : code, code.isEmpty() ? "refused" : status + fields(error));
    } catch (JsonProcessingException e) {
      return new VendorError(status, "refused");
    }
  }

  private static String fields(JsonNode error) {
    List<String> names = new ArrayList<>();
    error.path("fields").forEach(name -> names.add(name.asText()));
    return names.isEmpty() ? "" : ", fields " + names;
  }

  /** The error in an answer that came with HTTP 200 and is no success. */
  static VendorError inAnswer(Object answer) {
    if (answer instanceof Map<?, ?> map
        && map.get("errors") instanceof List<?> errors
        && !errors.isEmpty()
        && errors.get(0) instanceof Map<?, ?> error) {
      Object code =
          error.get("statusCode") == null ? error.get("errorCode") : error.get("statusCode");
      return new VendorError(String.valueOf(code), "HTTP 200, fields " + error.get("fields"));
    }
    return new VendorError("malformed", "HTTP 200 without success");
  }
}
