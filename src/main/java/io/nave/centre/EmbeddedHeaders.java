package io.nave.centre;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets browsers show the answers to pages of the web sites that {@code origins} names, and of no
 * other ones. Cookies are never a part of it. Comes after {@link CentreHeaders}.
 */
@Embedded
@Provider
@Priority(Priorities.USER - 1)
public class EmbeddedHeaders implements ContainerResponseFilter {
  private final Instance<CentreConfig> config;

  /**
   * @param config read at the first request: filters are made while the hub is still being put
   *     together
   */
  EmbeddedHeaders(Instance<CentreConfig> config) {
    this.config = config;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    var headers = response.getHeaders();
    headers.add("Vary", "Origin");
    var origin = request.getHeaderString("Origin");
    if (origin == null || !config.get().origins().contains(origin)) {
      return;
    }
    headers.putSingle("Access-Control-Allow-Origin", origin);
    if (request.getMethod().equals(HttpMethod.OPTIONS)) {
      headers.putSingle("Access-Control-Allow-Methods", "GET, POST");
      headers.putSingle("Access-Control-Allow-Headers", "authorization, content-type");
      headers.putSingle("Access-Control-Max-Age", "600");
    } else {
      headers.putSingle("Access-Control-Expose-Headers", "Retry-After");
    }
  }
}
