package io.nave.sandbox.acoustic;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** One command with its parameters. Element names are case-sensitive, as at the vendor's. */
final class Request {
  private static final DocumentBuilderFactory PARSERS = parsers();
  private static final DefaultHandler SILENT = new DefaultHandler();
  private final Element command;

  private Request(Element command) {
    this.command = command;
  }

  /**
   * @throws Fault 51 where the text is no envelope with a command
   */
  static Request parse(String xml) {
    Element envelope = document(xml);
    Element body = "Envelope".equals(envelope.getTagName()) ? child(envelope, "Body") : null;
    List<Element> commands = body == null ? List.of() : children(body);
    if (commands.isEmpty()) {
      throw new Fault(Fault.INVALID_XML, "Invalid XML Request");
    }
    return new Request(commands.get(0));
  }

  String name() {
    return command.getTagName();
  }

  boolean has(String name) {
    return child(command, name) != null;
  }

  /** An element that is a switch: present, and not saying false. */
  boolean is(String name) {
    Element element = child(command, name);
    return element != null && !"false".equalsIgnoreCase(element.getTextContent().strip());
  }

  /** The text of a parameter, or an empty text. */
  String text(String name) {
    Element element = child(command, name);
    return element == null ? "" : element.getTextContent().strip();
  }

  /**
   * @throws Fault 52 where the parameter is missing
   */
  String required(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw new Fault(Fault.MISSING_PARAMETER, "Missing required parameter: " + name);
    }
    return text;
  }

  /** The pairs of {@code NAME} and {@code VALUE}, such as {@code COLUMN} or {@code SYNC_FIELD}. */
  Map<String, String> pairs(String element) {
    return pairs(command, element);
  }

  /** The same inside a group such as {@code SYNC_FIELDS}. */
  Map<String, String> pairs(String group, String element) {
    Element parent = child(command, group);
    return parent == null ? Map.of() : pairs(parent, element);
  }

  /** The texts of the elements inside a group, such as {@code EXPORT_COLUMNS}. */
  List<String> texts(String group) {
    Element parent = child(command, group);
    return parent == null
        ? List.of()
        : children(parent).stream().map(Request::nameOrText).filter(t -> !t.isEmpty()).toList();
  }

  private static String nameOrText(Element element) {
    Element name = child(element, "NAME");
    return (name == null ? element : name).getTextContent().strip();
  }

  private static Map<String, String> pairs(Element parent, String element) {
    return pairs(parent, element, "NAME");
  }

  static Map<String, String> pairs(Element parent, String element, String key) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Element each : children(parent)) {
      Element name = each.getTagName().equals(element) ? child(each, key) : null;
      if (name != null) {
        Element value = child(each, "VALUE");
        pairs.put(name.getTextContent().strip(), value == null ? "" : value.getTextContent());
      }
    }
    return pairs;
  }

  static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(e -> e.getTagName().equals(name))
        .findFirst()
        .orElse(null);
  }

  static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  static Element document(String xml) {
    try {
      DocumentBuilder parser = PARSERS.newDocumentBuilder();
      parser.setErrorHandler(SILENT);
      return parser.parse(new InputSource(new StringReader(xml.strip()))).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new Fault(Fault.INVALID_XML, "Invalid XML Request");
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
