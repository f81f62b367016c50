package io.nave.sandbox.s4hana;

import java.util.List;

/** Entities as Atom entries and feeds, for clients that do not ask for JSON. */
final class AtomFormat {
  private static final String NAMESPACES =
      " xmlns=\"http://www.w3.org/2005/Atom\""
          + " xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\""
          + " xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\"";
  private static final String SCHEME =
      "http://schemas.microsoft.com/ado/2007/08/dataservices/scheme";
  private static final String RELATED =
      "http://schemas.microsoft.com/ado/2007/08/dataservices/related/";

  private final String service;
  private final String updated;

  AtomFormat(String service, String updated) {
    this.service = service;
    this.updated = updated;
  }

  String entity(Entity entity, Shape shape) {
    StringBuilder xml = start();
    entry(xml, entity, shape, NAMESPACES + base());
    return xml.toString();
  }

  String list(String set, List<Entity> entities, Shape shape, String count, String next) {
    StringBuilder xml = start();
    feed(xml, service + set, set, entities, shape, NAMESPACES + base(), count, next);
    return xml.toString();
  }

  private static StringBuilder start() {
    return new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
  }

  private String base() {
    return " xml:base=\"" + Xml.escape(service) + "\"";
  }

  private void feed(
      StringBuilder xml,
      String id,
      String title,
      List<Entity> entities,
      Shape shape,
      String attributes,
      String count,
      String next) {
    xml.append("<feed").append(attributes).append('>');
    element(xml, "id", id);
    element(xml, "title", title);
    element(xml, "updated", updated);
    xml.append("<author><name/></author>");
    link(xml, "self", title, title, "");
    if (count != null) {
      element(xml, "m:count", count);
    }
    entities.forEach(entity -> entry(xml, entity, shape, ""));
    if (next != null) {
      link(xml, "next", next, title, "");
    }
    xml.append("</feed>");
  }

  private void entry(StringBuilder xml, Entity entity, Shape shape, String attributes) {
    String path = entity.path();
    xml.append("<entry").append(attributes);
    xml.append(" m:etag=\"").append(Xml.escape(entity.etag())).append("\">");
    element(xml, "id", service + path);
    element(xml, "title", path);
    element(xml, "updated", updated);
    xml.append("<category term=\"API_BUSINESS_PARTNER.").append(entity.type.name);
    xml.append("\" scheme=\"").append(SCHEME).append("\"/>");
    link(xml, "edit", path, entity.type.name, "");
    entity.type.navigations.keySet().stream()
        .filter(shape::shows)
        .forEach(navigation -> navigation(xml, entity, navigation, shape));
    xml.append("<content type=\"application/xml\"><m:properties>");
    entity.type.properties.values().stream()
        .filter(property -> shape.shows(property.name()))
        .forEach(property -> property(xml, entity, property));
    xml.append("</m:properties></content></entry>");
  }

  private void navigation(StringBuilder xml, Entity entity, String navigation, Shape shape) {
    String path = entity.path() + "/" + navigation;
    Shape below = shape.expansion(navigation);
    StringBuilder inline = new StringBuilder();
    if (below != null) {
      inline.append("<m:inline>");
      List<Entity> children = entity.children(navigation);
      feed(inline, service + path, navigation, children, below, "", null, null);
      inline.append("</m:inline>");
    }
    link(xml, RELATED + navigation, path, navigation, inline.toString());
  }

  private static void property(StringBuilder xml, Entity entity, EntityType.Property property) {
    String name = "d:" + property.name();
    String value =
        property.name().equals("ETag")
            ? entity.stamp()
            : Literals.toXml(property.type(), entity.values[property.index()]);
    if (value == null) {
      xml.append('<').append(name).append(" m:null=\"true\"/>");
    } else {
      element(xml, name, value);
    }
  }

  private static void link(
      StringBuilder xml, String rel, String href, String title, String inline) {
    xml.append("<link rel=\"").append(rel).append("\" href=\"").append(Xml.escape(href));
    if (rel.startsWith(RELATED)) {
      xml.append("\" type=\"application/atom+xml;type=feed");
    }
    xml.append("\" title=\"").append(Xml.escape(title)).append('"');
    xml.append(inline.isEmpty() ? "/>" : ">" + inline + "</link>");
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>').append(Xml.escape(text));
    xml.append("</").append(name).append('>');
  }
}
