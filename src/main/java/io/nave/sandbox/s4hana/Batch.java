package io.nave.sandbox.s4hana;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code $batch} request: queries, and changesets of which each is kept whole or not at all. */
final class Batch {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,\\s]+)\"?");
  private static final Pattern REFERENCE = Pattern.compile("^/?\\$(\\w+)(/.*)?$");

  private final ODataRequest outer;
  private final Partners partners;
  private final BiFunction<ODataRequest, Change, ODataResponse> service;

  Batch(
      ODataRequest outer,
      Partners partners,
      BiFunction<ODataRequest, Change, ODataResponse> service) {
    this.outer = outer;
    this.partners = partners;
    this.service = service;
  }

  /** A part of a multipart body: its headers by name in lower case, and its content. */
  private record Part(Map<String, String> headers, String content) {}

  ODataResponse answer() {
    String boundary = "batch-" + Integer.toHexString(outer.body().hashCode());
    StringBuilder body = new StringBuilder();
    for (Part part : parts(outer.header("content-type"), outer.body())) {
      String type = part.headers().getOrDefault("content-type", "");
      boolean changeset = type.startsWith("multipart/mixed");
      body.append("--").append(boundary).append("\r\n");
      body.append(changeset ? changeset(part) : http(null, single(part)));
    }
    body.append("--").append(boundary).append("--\r\n");
    return new ODataResponse(202).text("multipart/mixed; boundary=" + boundary, body.toString());
  }

  private ODataResponse single(Part part) {
    Change change = partners.change();
    try {
      ODataResponse response = service.apply(request(part, Map.of()), change);
      change.commit();
      return response;
    } catch (ODataFailure e) {
      change.rollback();
      return refused(e);
    }
  }

  private String changeset(Part changeset) {
    Change change = partners.change();
    try {
      String answers = answers(changeset, change);
      change.commit();
      return answers;
    } catch (ODataFailure e) {
      change.rollback();
      return http(null, refused(e));
    }
  }

  private String answers(Part changeset, Change change) {
    String boundary = "changeset-" + Integer.toHexString(changeset.content().hashCode());
    StringBuilder body = new StringBuilder();
    Map<String, String> created = new HashMap<>();
    for (Part part : parts(changeset.headers().get("content-type"), changeset.content())) {
      ODataRequest request = request(part, created);
      String id = part.headers().getOrDefault("content-id", request.header("content-id"));
      ODataResponse response = service.apply(request, change);
      String location = response.headers.get("location");
      if (id != null && location != null) {
        created.put(id, location.substring(outer.service().length()));
      }
      body.append("--").append(boundary).append("\r\n").append(http(id, response));
    }
    body.append("--").append(boundary).append("--\r\n");
    return "Content-Type: multipart/mixed; boundary="
        + boundary
        + "\r\nContent-Length: "
        + body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body
        + "\r\n";
  }

  private ODataResponse refused(ODataFailure failure) {
    return failure.response(outer.wantsJson() || outer.body().contains("json"), "batch");
  }

  private static String http(String id, ODataResponse response) {
    String http = response.asHttp();
    return "Content-Type: application/http\r\nContent-Length: "
        + http.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
        + "\r\ncontent-transfer-encoding: binary\r\n"
        + (id == null ? "" : "content-id: " + id + "\r\n")
        + "\r\n"
        + http;
  }

  private ODataRequest request(Part part, Map<String, String> created) {
    int end = part.content().indexOf('\n');
    String line = end < 0 ? part.content() : part.content().substring(0, end);
    String[] words = line.trim().split("\\s+");
    if (words.length < 2) {
      throw ODataFailure.malformed("Malformed request line in batch");
    }
    Part inner = part(end < 0 ? "" : part.content().substring(end + 1));
    String url = resolved(relative(words[1]), created);
    int query = url.indexOf('?');
    return new ODataRequest(
        words[0],
        query < 0 ? url : url.substring(0, query),
        query < 0 ? null : url.substring(query + 1),
        inner.headers(),
        inner.content().trim(),
        outer.service());
  }

  private static String relative(String url) {
    int root = url.indexOf(S4HanaSandbox.ROOT);
    String below = root < 0 ? url : url.substring(root + S4HanaSandbox.ROOT.length());
    return below.startsWith("/") ? below.substring(1) : below;
  }

  /** Puts the address of what an earlier request of the changeset created in place of its id. */
  private static String resolved(String url, Map<String, String> created) {
    Matcher reference = REFERENCE.matcher(url);
    if (!reference.matches() || !created.containsKey(reference.group(1))) {
      return url;
    }
    String rest = reference.group(2) == null ? "" : reference.group(2);
    return created.get(reference.group(1)) + rest;
  }

  private static List<Part> parts(String contentType, String body) {
    Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!matcher.find()) {
      throw ODataFailure.malformed("Multipart content without boundary");
    }
    String delimiter = "--" + matcher.group(1);
    List<Part> parts = new ArrayList<>();
    String text = "\n" + body.replace("\r\n", "\n");
    int from = text.indexOf("\n" + delimiter);
    while (from >= 0) {
      int start = from + 1 + delimiter.length();
      if (text.startsWith("--", start)) {
        break;
      }
      int to = text.indexOf("\n" + delimiter, start);
      if (to < 0) {
        throw ODataFailure.malformed("Multipart content without closing boundary");
      }
      parts.add(part(text.substring(text.indexOf('\n', start) + 1, to)));
      from = to;
    }
    return parts;
  }

  private static Part part(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end).trim();
      at = end < 0 ? text.length() : end + 1;
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).trim());
      }
    }
    return new Part(headers, text.substring(at));
  }
}
