package io.nave.connectors.acoustic;

import io.nave.platform.VendorError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** What a command answered: a result that says that it succeeded. */
final class Answer {
  private static final DocumentBuilderFactory PARSERS = parsers();
  private static final String TOO_MANY = "concurrent requests";
  private static final DefaultHandler SILENT = new DefaultHandler();
  private final Element result;

  private Answer(Element result) {
    this.result = result;
  }

  /**
   * Reads an answer.
   *
   * @throws VendorError with the vendor's error id where it refuses, also with HTTP 200; with
   *     {@code malformed} where it is no answer
   */
  static Answer read(String command, byte[] xml) {
    Element envelope = document(command, xml);
    Element result = first(envelope, "RESULT");
    String success = result == null ? "" : text(result, "SUCCESS");
    if (success.equalsIgnoreCase("TRUE") || success.equalsIgnoreCase("SUCCESS")) {
      return new Answer(result);
    }
    Element fault = first(envelope, "Fault");
    if (fault == null) {
      throw malformed(command, "no RESULT with SUCCESS and no Fault");
    }
    throw new VendorError(code(fault), command + " was refused");
  }

  /** Too many requests at once have no id of their own: only the words tell them. */
  private static String code(Element fault) {
    String id = text(fault, "errorid");
    String words = text(fault, "FaultString").toLowerCase(Locale.ROOT);
    return words.contains("concurrent request") ? TOO_MANY : id.isEmpty() ? "fault" : id;
  }

  /** The text of an element, empty where there is none. */
  String text(String element) {
    return text(result, element);
  }

  /**
   * The text of an element that must be there.
   *
   * @throws VendorError {@code malformed}
   */
  String required(String command, String element) {
    String text = text(element);
    if (text.isEmpty()) {
      throw malformed(command, "no " + element);
    }
    return text;
  }

  /** The contact's columns by name. */
  Map<String, String> columns() {
    NodeList columns = result.getElementsByTagName("COLUMN");
    return IntStream.range(0, columns.getLength())
        .mapToObj(i -> (Element) columns.item(i))
        .collect(Collectors.toMap(c -> text(c, "NAME"), c -> text(c, "VALUE"), (a, b) -> a));
  }

  static VendorError malformed(String command, String what) {
    return new VendorError("malformed", command + ": " + what);
  }

  static String text(Element parent, String name) {
    Element element = first(parent, name);
    return element == null ? "" : element.getTextContent().strip();
  }

  static Element first(Element parent, String name) {
    Node node = parent.getElementsByTagName(name).item(0);
    return node instanceof Element element ? element : null;
  }

  /**
   * @throws VendorError {@code malformed}
   */
  static Element document(String command, byte[] xml) {
    try {
      DocumentBuilder parser = PARSERS.newDocumentBuilder();
      parser.setErrorHandler(SILENT);
      return parser.parse(new ByteArrayInputStream(xml)).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw malformed(command, "the answer is not XML");
    }
  }

  private static DocumentBuilderFactory parsers() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setExpandEntityReferences(false);
      return factory;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("no safe XML parser", e);
    }
  }
}
