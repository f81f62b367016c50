package io.nave.connectors.acoustic;

import io.nave.platform.VendorError;
import java.util.Locale;
import java.util.Map;
import org.w3c.dom.Element;

/** One message by Transact. The order of its elements is a part of the protocol. */
final class Mailing {
  private static final String NAME = "XTMAILING";
  private static final String SUBJECT = "subject";

  private Mailing() {}

  /**
   * @param group id of the group of automated messages
   * @param texts by the name of the personalisation tag, in any case; all but the subject stand in
   *     HTML
   */
  static XmlCommand of(String group, String id, String email, Map<String, String> texts) {
    XmlCommand mailing =
        new XmlCommand(NAME)
            .with("CAMPAIGN_ID", group)
            .with("TRANSACTION_ID", id)
            .with("SHOW_ALL_SEND_DETAIL", true)
            .with("SEND_AS_BATCH", false)
            .with("NO_RETRY_ON_FAILURE", false)
            .open("RECIPIENT")
            .with("EMAIL", email)
            .with("BODY_TYPE", "HTML");
    texts.forEach(
        (name, text) ->
            mailing
                .open("PERSONALIZATION")
                .with("TAG_NAME", name.toUpperCase(Locale.ROOT))
                .with("VALUE", name.equals(SUBJECT) ? text : html(text))
                .close("PERSONALIZATION"));
    return mailing.close("RECIPIENT");
  }

  /** The vendor puts values into the body as they are. */
  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * Checks the answer: the message was sent, or is kept by the vendor to be sent later.
   *
   * @throws VendorError {@code transact <error code>} where it was refused; {@code malformed}
   */
  static void check(byte[] answer) {
    Element response = Answer.document(NAME, answer);
    if (!response.getTagName().equals("XTMAILING_RESPONSE")) {
      throw Answer.malformed(NAME, "no XTMAILING_RESPONSE");
    }
    String status = Answer.text(response, "STATUS");
    if (status.isEmpty()) {
      throw Answer.malformed(NAME, "no STATUS");
    }
    Element recipient = Answer.first(response, "RECIPIENT_DETAIL");
    String sent = recipient == null ? "" : Answer.text(recipient, "SEND_STATUS");
    if (!status.equals("0") || sent.equals("1")) {
      throw new VendorError("transact " + code(response, recipient), "the message was refused");
    }
  }

  private static String code(Element response, Element recipient) {
    String code = recipient == null ? "" : Answer.text(recipient, "ERROR_CODE");
    return code.isEmpty() || code.equals("0") ? Answer.text(response, "ERROR_CODE") : code;
  }
}
