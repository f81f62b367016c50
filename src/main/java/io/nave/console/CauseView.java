package io.nave.console;

import io.nave.sync.Waiting.Cause;
import jakarta.ws.rs.core.UriBuilder;

/** A cause of failures, with its times as people read them. */
public record CauseView(Cause cause, Moment first, Moment last) {

  /** The address of the page that lists them. */
  public String look(String list) {
    var kind = cause.kind() == null ? "" : cause.kind();
    return UriBuilder.fromPath("/waiting/" + list)
        .queryParam("spoke", "{spoke}")
        .queryParam("kind", "{kind}")
        .queryParam("cause", "{cause}")
        .build(cause.spoke(), kind, cause.cause())
        .toString();
  }

  public String n() {
    return Numbers.whole(cause.n());
  }
}
