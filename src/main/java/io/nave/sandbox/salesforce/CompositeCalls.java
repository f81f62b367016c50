package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several requests in one: /composite, /composite/batch and /composite/tree. */
final class CompositeCalls {
  private static final Pattern REFERENCE = Pattern.compile("@\\{(\\w+)\\.([\\w.\\[\\]]+)}");
  private static final int MOST = 25;
  private final Org org;
  private final Rest rest;

  CompositeCalls(Org org, Rest rest) {
    this.org = org;
    this.rest = rest;
  }

  void mount() {
    rest.on("POST", "/composite", (call, parts) -> composite(call));
    rest.on("POST", "/composite/batch", (call, parts) -> batch(call));
    rest.on("POST", "/composite/tree/{type}", this::tree);
  }

  private Answer composite(Call call) {
    JsonArray requests = parts(call.object(), "compositeRequest");
    boolean allOrNone = call.object().getBoolean("allOrNone", false);
    Map<String, Answer> answers = new HashMap<>();
    JsonArray responses = new JsonArray();
    boolean failed = false;
    for (int i = 0; i < requests.size(); i++) {
      JsonObject request = requests.getJsonObject(i);
      Answer answer = failed && allOrNone ? halted() : subrequest(call, request, answers);
      answers.put(request.getString("referenceId"), answer);
      failed |= answer.failed();
      responses.add(response(request, answer));
    }
    if (failed && allOrNone) {
      call.transaction().rollBack();
      haltSuccessful(responses);
    }
    return Answer.ok(new JsonObject().put("compositeResponse", responses));
  }

  private static JsonArray parts(JsonObject body, String name) {
    JsonArray requests = body.getJsonArray(name);
    if (requests == null) {
      throw Call.malformed();
    }
    if (requests.size() > MOST) {
      throw ApiFailure.invalid(
          "LIMIT_EXCEEDED", "The number of subrequests exceeds the limit of " + MOST);
    }
    return requests;
  }

  private static Answer halted() {
    return Answer.of(
        ApiFailure.invalid(
            "PROCESSING_HALTED",
            "The transaction was rolled back since another operation in the same transaction"
                + " failed."));
  }

  private static void haltSuccessful(JsonArray responses) {
    for (int i = 0; i < responses.size(); i++) {
      JsonObject response = responses.getJsonObject(i);
      if (response.getInteger("httpStatusCode") < 300) {
        response.put("body", halted().body()).put("httpStatusCode", 400);
      }
    }
  }

  private Answer subrequest(Call call, JsonObject request, Map<String, Answer> answers) {
    try {
      Url url = Url.parse(resolved(request.getString("url"), answers));
      Object body = request.getValue("body");
      if (body instanceof JsonObject json) {
        body = new JsonObject(resolved(json.encode(), answers));
      }
      Map<String, String> headers = new HashMap<>(call.headers());
      JsonObject own = request.getJsonObject("httpHeaders", new JsonObject());
      own.forEach(
          h -> headers.put(h.getKey().toLowerCase(Locale.ROOT), String.valueOf(h.getValue())));
      return rest.answer(
          new Call(
              request.getString("method"),
              url.version(),
              url.path(),
              url.query(),
              headers,
              body,
              call.transaction()));
    } catch (ApiFailure failure) {
      return Answer.of(failure);
    }
  }

  /** Puts in what earlier answers said where the text refers to them: @{ref.id}. */
  private static String resolved(String text, Map<String, Answer> answers) {
    Matcher matcher = REFERENCE.matcher(text);
    return matcher.replaceAll(
        found -> {
          Answer answer = answers.get(found.group(1));
          if (answer == null || answer.failed()) {
            throw ApiFailure.invalid(
                "PROCESSING_HALTED",
                "Invalid reference specified. No value for " + found.group() + " found");
          }
          return Matcher.quoteReplacement(value(answer.body(), found.group(2)));
        });
  }

  private static String value(Object body, String path) {
    Object at = body;
    for (String step : path.replace("]", "").split("[.\\[]")) {
      at =
          at instanceof JsonArray array
              ? array.getValue(Integer.parseInt(step))
              : at instanceof JsonObject json ? json.getValue(step) : null;
    }
    return String.valueOf(at);
  }

  private static JsonObject response(JsonObject request, Answer answer) {
    return new JsonObject()
        .put("body", answer.body())
        .put("httpHeaders", new JsonObject())
        .put("httpStatusCode", answer.status())
        .put("referenceId", request.getString("referenceId"));
  }

  private Answer batch(Call call) {
    JsonArray results = new JsonArray();
    boolean failed = false;
    JsonArray requests = parts(call.object(), "batchRequests");
    for (int i = 0; i < requests.size(); i++) {
      JsonObject request = requests.getJsonObject(i).copy();
      String url = request.getString("url");
      request.put("url", url.startsWith("/") ? url : "/services/data/" + url);
      request.put("body", request.getValue("richInput"));
      Answer answer = subrequest(call, request, Map.of());
      failed |= answer.failed();
      results.add(new JsonObject().put("statusCode", answer.status()).put("result", answer.body()));
    }
    return Answer.ok(new JsonObject().put("hasErrors", failed).put("results", results));
  }

  private Answer tree(Call call, Map<String, String> parts) {
    JsonArray saved = new JsonArray();
    JsonArray errors = new JsonArray();
    JsonArray records = call.records(call.object());
    branch(call, org.schema.type(parts.get("type")), records, Map.of(), saved, errors);
    if (saved.size() + errors.size() > 200) {
      errors.add(new JsonObject().put("errors", new JsonArray().add(tooMany().ofRecord())));
    }
    if (!errors.isEmpty()) {
      call.transaction().rollBack();
    }
    boolean failed = !errors.isEmpty();
    JsonObject body =
        new JsonObject().put("hasErrors", failed).put("results", failed ? errors : saved);
    return Answer.of(failed ? 400 : 201, body);
  }

  private static ApiFailure tooMany() {
    return ApiFailure.invalid("LIMIT_EXCEEDED", "The tree holds more than 200 records");
  }

  private void branch(
      Call call,
      ObjectType type,
      JsonArray records,
      Map<String, Object> parent,
      JsonArray saved,
      JsonArray errors) {
    for (int i = 0; i < records.size(); i++) {
      JsonObject given = records.getJsonObject(i).copy();
      given.getMap().putAll(parent);
      String reference =
          given.getJsonObject("attributes", new JsonObject()).getString("referenceId");
      JsonArray contacts = children(given);
      try {
        SObject row = org.create(type, given.getMap(), call.transaction(), call.allowDuplicate());
        saved.add(new JsonObject().put("referenceId", reference).put("id", row.id));
        Map<String, Object> link = Map.of("AccountId", row.id);
        branch(call, org.schema.type("Contact"), contacts, link, saved, errors);
      } catch (ApiFailure failure) {
        errors.add(
            new JsonObject()
                .put("referenceId", reference)
                .put("errors", new JsonArray().add(failure.ofRecord())));
      }
    }
  }

  private static JsonArray children(JsonObject given) {
    JsonArray all = new JsonArray();
    for (String name : Set.of("Contacts")) {
      if (given.remove(name) instanceof JsonObject nested) {
        all.addAll(nested.getJsonArray("records", new JsonArray()));
      }
    }
    return all;
  }
}
