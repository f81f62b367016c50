package io.nave.centre;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/**
 * What browsers may do with the pages: load the centre's own files, nothing else; keep nothing;
 * find them in no search; and tell nobody the address, which is the key.
 */
@Centre
@Provider
public class CentreHeaders implements ContainerResponseFilter {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Frame-Options", "DENY",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store",
          "X-Robots-Tag", "noindex, nofollow",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Vary", "Accept-Language, Sec-GPC");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    HEADERS.forEach(response.getHeaders()::putSingle);
  }
}
