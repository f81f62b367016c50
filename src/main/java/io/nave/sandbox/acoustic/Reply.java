package io.nave.sandbox.acoustic;

/** Builds the answer to a command, element by element. */
final class Reply {
  private final StringBuilder xml = new StringBuilder();
  private String end;

  Reply() {
    this("<Envelope>\n<Body>\n<RESULT>\n", "</RESULT>\n</Body>\n</Envelope>\n");
  }

  private Reply(String start, String end) {
    xml.append(start);
    this.end = end;
  }

  /** An answer that is an element of its own. */
  static Reply bare(String root) {
    return new Reply("<" + root + ">\n", "</" + root + ">\n");
  }

  /** The documented form is {@code TRUE}; some commands answer in another case. */
  Reply success(String word) {
    return tag("SUCCESS", word);
  }

  Reply tag(String name, Object value) {
    String text = value == null ? "" : value.toString();
    if (text.isEmpty()) {
      xml.append('<').append(name).append("/>\n");
    } else {
      xml.append('<').append(name).append('>');
      escape(text);
      xml.append("</").append(name).append(">\n");
    }
    return this;
  }

  Reply open(String name) {
    xml.append('<').append(name).append(">\n");
    return this;
  }

  Reply close(String name) {
    xml.append("</").append(name).append(">\n");
    return this;
  }

  /** A {@code NAME} and {@code VALUE} pair inside the given element. */
  Reply pair(String element, String name, Object value) {
    return open(element).tag("NAME", name).tag("VALUE", value).close(element);
  }

  /** The answer for a refusal. */
  static String of(Fault fault) {
    Reply reply = new Reply().success("false");
    reply.xml.append("</RESULT>\n");
    reply.end = "</Body>\n</Envelope>\n";
    reply.open("Fault").tag("Request", "").tag("FaultCode", "");
    reply.tag("FaultString", fault.getMessage()).open("detail").open("error");
    reply.tag("errorid", fault.id).tag("module", "").tag("class", "SP.API").tag("method", "");
    return reply.close("error").close("detail").close("Fault").toString();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '&' -> xml.append("&amp;");
        default -> {
          if (c >= ' ' || c == '\n' || c == '\t') {
            xml.append(c);
          }
        }
      }
    }
  }

  @Override
  public String toString() {
    return xml + end;
  }
}
