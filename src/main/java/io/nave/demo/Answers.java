package io.nave.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads what vendors answer. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(response.uri() + ": no JSON (expected: JSON)", notJson);
    }
  }

  static Document xml(HttpResponse<String> response) {
    try {
      var parsers = DocumentBuilderFactory.newInstance();
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return parsers.newDocumentBuilder().parse(new InputSource(new StringReader(response.body())));
    } catch (SAXException | IOException | ParserConfigurationException notXml) {
      throw new IllegalStateException(response.uri() + ": no XML (expected: XML)", notXml);
    }
  }

  /** The text of the first element of that name, or empty. */
  static String text(Document document, String element) {
    var found = document.getElementsByTagName(element);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
