package io.nave.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** An error answer, RFC 9457. {@code refused} names what was wrong with each item. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, List<?> refused) {
  static final String JSON = "application/problem+json";

  static Response of(int status, String title, String detail) {
    return of(status, title, detail, null);
  }

  static Response of(int status, String title, String detail, List<?> refused) {
    return Response.status(status)
        .type(JSON)
        .entity(new Problem("about:blank", title, status, detail, refused))
        .build();
  }
}
