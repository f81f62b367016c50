package io.nave.connectors.acoustic;

import java.util.Collection;
import java.util.Map;

/** Builds one command of the XML API, or one submission to Transact. */
final class XmlCommand {
  private final String name;
  private final StringBuilder xml = new StringBuilder();

  XmlCommand(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  XmlCommand with(String element, Object value) {
    xml.append('<').append(element).append('>');
    escape(String.valueOf(value));
    xml.append("</").append(element).append('>');
    return this;
  }

  /** A switch: an element without content. */
  XmlCommand with(String element) {
    xml.append('<').append(element).append("/>");
    return this;
  }

  /** A {@code COLUMN} with its name and value; null clears it. */
  XmlCommand column(String column, Object value) {
    xml.append("<COLUMN>");
    with("NAME", column).with("VALUE", value == null ? "" : value);
    xml.append("</COLUMN>");
    return this;
  }

  XmlCommand columns(Map<String, Object> columns) {
    columns.forEach(this::column);
    return this;
  }

  /** The names of columns to export. */
  XmlCommand exporting(Collection<String> columns) {
    xml.append("<EXPORT_COLUMNS>");
    columns.forEach(column -> with("COLUMN", column));
    xml.append("</EXPORT_COLUMNS>");
    return this;
  }

  /** The names of columns to add to exported events. */
  XmlCommand adding(Collection<String> columns) {
    xml.append("<COLUMNS>");
    columns.forEach(
        column -> {
          xml.append("<COLUMN>");
          with("NAME", column);
          xml.append("</COLUMN>");
        });
    xml.append("</COLUMNS>");
    return this;
  }

  XmlCommand open(String element) {
    xml.append('<').append(element).append('>');
    return this;
  }

  XmlCommand close(String element) {
    xml.append("</").append(element).append('>');
    return this;
  }

  /** The command as a document of its own, as Transact takes it. */
  String document() {
    return "<%s>%s</%s>".formatted(name, xml, name);
  }

  String envelope() {
    return "<Envelope><Body>" + document() + "</Body></Envelope>";
  }

  private void escape(String text) {
    text.codePoints().filter(XmlCommand::allowed).forEach(this::escape);
  }

  private void escape(int c) {
    switch (c) {
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '&' -> xml.append("&amp;");
      case '\r' -> xml.append("&#13;");
      default -> xml.appendCodePoint(c);
    }
  }

  /** Characters that XML 1.0 can hold. */
  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
