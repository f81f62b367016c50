package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Access;
import io.nave.sandbox.s4hana.EntityType.Navigation;
import io.nave.sandbox.s4hana.EntityType.Primitive;
import io.nave.sandbox.s4hana.EntityType.Property;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;

/** Writes the service document and {@code $metadata} from {@link PartnerModel}. */
final class Metadata {
  private static final String METADATA =
      "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";
  private static final String NS = PartnerModel.NAMESPACE;

  private Metadata() {}

  static String serviceJson() {
    JsonArray sets = new JsonArray(new ArrayList<>(PartnerModel.SETS.keySet()));
    return new JsonObject().put("d", new JsonObject().put("EntitySets", sets)).encode();
  }

  static String serviceXml(String service) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    xml.append("<app:service xml:lang=\"en\" xml:base=\"").append(Xml.escape(service));
    xml.append("\" xmlns:app=\"http://www.w3.org/2007/app\"");
    xml.append(" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:m=\"").append(METADATA);
    xml.append("\"><app:workspace><atom:title type=\"text\">Data</atom:title>");
    for (String set : PartnerModel.SETS.keySet()) {
      xml.append("<app:collection href=\"").append(set).append("\"><atom:title type=\"text\">");
      xml.append(set).append("</atom:title></app:collection>");
    }
    return xml.append("</app:workspace></app:service>").toString();
  }

  static String edmx() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    xml.append("<edmx:Edmx Version=\"1.0\"");
    xml.append(" xmlns:edmx=\"http://schemas.microsoft.com/ado/2007/06/edmx\" xmlns:m=\"");
    xml.append(METADATA).append("\" xmlns:sap=\"http://www.sap.com/Protocols/SAPData\">");
    xml.append("<edmx:DataServices m:DataServiceVersion=\"2.0\"><Schema Namespace=\"").append(NS);
    xml.append("\" xml:lang=\"en\" sap:schema-version=\"1\"");
    xml.append(" xmlns=\"http://schemas.microsoft.com/ado/2008/09/edm\">");
    PartnerModel.SETS.values().forEach(type -> type(xml, type));
    PartnerModel.SETS.values().forEach(type -> associations(xml, type));
    container(xml);
    return xml.append("</Schema></edmx:DataServices></edmx:Edmx>").toString();
  }

  private static void type(StringBuilder xml, EntityType type) {
    xml.append("<EntityType Name=\"")
        .append(type.name)
        .append("\" sap:content-version=\"1\"><Key>");
    type.keys.forEach(key -> xml.append("<PropertyRef Name=\"").append(key.name()).append("\"/>"));
    xml.append("</Key>");
    type.properties.values().forEach(property -> property(xml, property));
    for (Navigation navigation : type.navigations.values()) {
      String association = association(type, navigation);
      xml.append("<NavigationProperty Name=\"").append(navigation.name());
      xml.append("\" Relationship=\"").append(NS).append('.').append(association);
      xml.append("\" FromRole=\"From_").append(association);
      xml.append("\" ToRole=\"To_").append(association).append("\"/>");
    }
    xml.append("</EntityType>");
  }

  private static void property(StringBuilder xml, Property property) {
    xml.append("<Property Name=\"").append(property.name());
    xml.append("\" Type=\"Edm.").append(property.type()).append('"');
    if (property.key()) {
      xml.append(" Nullable=\"false\"");
    }
    if (property.maxLength() > 0) {
      xml.append(" MaxLength=\"").append(property.maxLength()).append('"');
    }
    boolean time = property.type() == Primitive.DateTime || property.type() == Primitive.Time;
    if (time || property.type() == Primitive.DateTimeOffset) {
      xml.append(" Precision=\"0\"");
    }
    if (property.type() == Primitive.DateTime) {
      xml.append(" sap:display-format=\"Date\"");
    }
    if (property.access() == Access.r) {
      xml.append(" sap:creatable=\"false\"");
    }
    if (property.access() != Access.w) {
      xml.append(" sap:updatable=\"false\"");
    }
    xml.append("/>");
  }

  private static void associations(StringBuilder xml, EntityType type) {
    for (Navigation navigation : type.navigations.values()) {
      String association = association(type, navigation);
      EntityType target = PartnerModel.SETS.get(navigation.target());
      xml.append("<Association Name=\"").append(association);
      xml.append("\" sap:content-version=\"1\">");
      end(xml, type.name, "1", "From_" + association);
      end(xml, target.name, "*", "To_" + association);
      xml.append("</Association>");
    }
  }

  private static void end(StringBuilder xml, String type, String multiplicity, String role) {
    xml.append("<End Type=\"").append(NS).append('.').append(type);
    xml.append("\" Multiplicity=\"").append(multiplicity);
    xml.append("\" Role=\"").append(role).append("\"/>");
  }

  private static void container(StringBuilder xml) {
    xml.append("<EntityContainer Name=\"").append(NS).append("_Entities\"");
    xml.append(" m:IsDefaultEntityContainer=\"true\" sap:supported-formats=\"atom json xlsx\">");
    for (EntityType type : PartnerModel.SETS.values()) {
      xml.append("<EntitySet Name=\"").append(type.set).append("\" EntityType=\"").append(NS);
      xml.append('.').append(type.name).append('"');
      xml.append(type.deletable ? "" : " sap:deletable=\"false\"");
      xml.append(" sap:content-version=\"1\"/>");
    }
    PartnerModel.SETS.values().forEach(type -> associationSets(xml, type));
    xml.append("</EntityContainer>");
  }

  private static void associationSets(StringBuilder xml, EntityType type) {
    for (Navigation navigation : type.navigations.values()) {
      String association = association(type, navigation);
      xml.append("<AssociationSet Name=\"").append(association).append("Set\" Association=\"");
      xml.append(NS).append('.').append(association).append("\">");
      xml.append("<End EntitySet=\"").append(type.set);
      xml.append("\" Role=\"From_").append(association).append("\"/>");
      xml.append("<End EntitySet=\"").append(navigation.target());
      xml.append("\" Role=\"To_").append(association).append("\"/></AssociationSet>");
    }
  }

  private static String association(EntityType type, Navigation navigation) {
    return "assoc_" + type.set.substring(2) + "_" + navigation.name();
  }
}
