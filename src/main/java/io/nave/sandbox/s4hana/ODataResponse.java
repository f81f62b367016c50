package io.nave.sandbox.s4hana;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to one operation. */
final class ODataResponse {
  final int status;
  final Map<String, String> headers = new LinkedHashMap<>();
  String body = "";

  ODataResponse(int status) {
    this.status = status;
    if (status != 204 && status != 304) {
      headers.put("dataserviceversion", "2.0");
    }
  }

  ODataResponse header(String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
    return this;
  }

  ODataResponse json(String text) {
    return text("application/json;charset=utf-8", text);
  }

  ODataResponse xml(String text, String type) {
    return text(type, text);
  }

  ODataResponse text(String type, String text) {
    body = text;
    return header("content-type", type);
  }

  /** The operation's answer as it stands inside a batch. */
  String asHttp() {
    StringBuilder http = new StringBuilder("HTTP/1.1 " + status + " " + reason() + "\r\n");
    headers.forEach((name, value) -> http.append(name).append(": ").append(value).append("\r\n"));
    http.append("content-length: ").append(body.getBytes(StandardCharsets.UTF_8).length);
    return http.append("\r\n\r\n").append(body).append("\r\n").toString();
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "No Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 412 -> "Precondition Failed";
      case 428 -> "Precondition Required";
      default -> "Error";
    };
  }
}
