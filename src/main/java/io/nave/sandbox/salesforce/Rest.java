package io.nave.sandbox.salesforce;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST resources by method and path; a part in braces matches one segment of the path. */
final class Rest {

  /** Answers a call, given the parts of its path. */
  interface Resource {
    Answer answer(Call call, Map<String, String> parts);
  }

  private record Route(String method, Pattern path, List<String> names, Resource resource) {}

  private static final Pattern PART = Pattern.compile("\\{(\\w+)}");
  private final List<Route> routes = new ArrayList<>();

  void on(String method, String path, Resource resource) {
    List<String> names = new ArrayList<>();
    PART.matcher(path).results().forEach(part -> names.add(part.group(1)));
    Pattern pattern = Pattern.compile(PART.matcher(path).replaceAll("([^/]+)") + "/?");
    routes.add(new Route(method, pattern, names, resource));
  }

  /** The answer, an error included. Nothing is committed or undone here. */
  Answer answer(Call call) {
    boolean known = false;
    for (Route route : routes) {
      Matcher matcher = route.path.matcher(call.path());
      if (matcher.matches()) {
        known = true;
        if (route.method.equals(call.method())) {
          return answer(call, route, matcher);
        }
      }
    }
    return Answer.of(
        known
            ? new ApiFailure(
                405, "METHOD_NOT_ALLOWED", "HTTP Method '" + call.method() + "' not allowed.")
            : ApiFailure.notFound());
  }

  private static Answer answer(Call call, Route route, Matcher matcher) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < route.names.size(); i++) {
      String part = matcher.group(i + 1).replace("+", "%2B");
      parts.put(route.names.get(i), URLDecoder.decode(part, StandardCharsets.UTF_8));
    }
    try {
      return route.resource.answer(call, parts);
    } catch (ApiFailure failure) {
      return Answer.of(failure);
    } catch (ClassCastException | java.time.DateTimeException | NumberFormatException e) {
      return Answer.of(Call.malformed());
    }
  }
}
