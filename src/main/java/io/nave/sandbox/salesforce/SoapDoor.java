package io.nave.sandbox.salesforce;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.StringReader;
import java.net.URI;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** SOAP for what clients still use it for: login with user name and password, and logout. */
final class SoapDoor {
  private static final String ENVELOPE =
      """
      <?xml version="1.0" encoding="UTF-8"?>\
      <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
      xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>%s</soapenv:Body>\
      </soapenv:Envelope>""";
  private final Org org;
  private final Logins logins;
  private final URI self;

  SoapDoor(Org org, Logins logins, URI self) {
    this.org = org;
    this.logins = logins;
    this.self = self;
  }

  void mount(Router router) {
    router.postWithRegex("/services/Soap/(u|c)/(?<version>[0-9.]+)(/.*)?").handler(this::answer);
  }

  private void answer(RoutingContext ctx) {
    try {
      String body = ctx.body().asString();
      if (body != null && body.contains("login>") && element(body, "username") != null) {
        login(ctx, element(body, "username"), element(body, "password"));
      } else if (body != null && body.contains("logout") && element(body, "sessionId") != null) {
        logins.close(element(body, "sessionId"));
        send(ctx, 200, "<logoutResponse/>");
      } else {
        fault(ctx, "INVALID_OPERATION", "This sandbox speaks login and logout only");
      }
    } catch (XMLStreamException e) {
      fault(ctx, "MALFORMED_QUERY", "The request is not well-formed XML");
    }
  }

  private void login(RoutingContext ctx, String username, String password) {
    if (!Logins.password(username, password)) {
      fault(
          ctx,
          "INVALID_LOGIN",
          "INVALID_LOGIN: Invalid username, password, security token; or user locked out.");
      return;
    }
    String server = self + "/services/Soap/u/" + ctx.pathParam("version") + "/" + org.id;
    send(
        ctx,
        200,
        """
        <loginResponse><result><metadataServerUrl>%1$s</metadataServerUrl>\
        <passwordExpired>false</passwordExpired><sandbox>false</sandbox>\
        <serverUrl>%1$s</serverUrl><sessionId>%2$s</sessionId><userId>%3$s</userId>\
        <userInfo><organizationId>%4$s</organizationId><organizationName>Nave Sandbox\
        </organizationName><sessionSecondsValid>7200</sessionSecondsValid>\
        <userEmail>%5$s</userEmail><userFullName>Admin</userFullName><userId>%3$s</userId>\
        <userName>%5$s</userName></userInfo></result></loginResponse>"""
            .formatted(server, logins.open(), org.userId, org.id, Logins.USERNAME));
  }

  private static void fault(RoutingContext ctx, String code, String message) {
    send(
        ctx,
        500,
        """
        <soapenv:Fault><faultcode>sf:%1$s</faultcode><faultstring>%2$s</faultstring><detail>\
        <sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>%1$s</sf:exceptionCode>\
        <sf:exceptionMessage>%2$s</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault>"""
            .formatted(code, message));
  }

  private static void send(RoutingContext ctx, int status, String body) {
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/xml; charset=utf-8")
        .end(ENVELOPE.formatted(body));
  }

  /** The text of the first element of that name, or null. */
  private static String element(String xml, String name) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals(name)) {
        return reader.getElementText();
      }
    }
    return null;
  }
}
