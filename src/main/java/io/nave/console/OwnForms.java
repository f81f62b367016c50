package io.nave.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/**
 * Takes forms from the console's own pages only: a page of somebody else, open in the same browser,
 * cannot decide in a steward's name. Browsers say where a form comes from.
 */
@Page
@Provider
public class OwnForms implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals("POST") && !isOwn(request)) {
      request.abortWith(
          Response.status(403).type("text/plain").entity("origin: not this console").build());
    }
  }

  private static boolean isOwn(ContainerRequestContext request) {
    var site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    var origin = request.getHeaderString("Origin");
    return origin == null || isHost(origin, request.getHeaderString("Host"));
  }

  private static boolean isHost(String origin, String host) {
    try {
      return URI.create(origin).getAuthority() != null
          && URI.create(origin).getAuthority().equals(host);
    } catch (IllegalArgumentException strange) {
      return false;
    }
  }
}
