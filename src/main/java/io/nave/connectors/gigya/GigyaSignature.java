package io.nave.connectors.gigya;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The vendor's request signature: HMAC-SHA1 with the Base64-decoded secret over verb, address and
 * the sorted parameters, each percent-encoded as in RFC 3986.
 */
final class GigyaSignature {
  private GigyaSignature() {}

  static String of(String secret, URI url, SortedMap<String, String> parameters) {
    return hmac(secret, "POST&" + encode(normal(url)) + "&" + encode(form(parameters)));
  }

  /** The parameters as a form, in the order in which they are signed. */
  static String form(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** Scheme and host in lower case, and the port where it is not the scheme's own. */
  static String normal(URI url) {
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    var usual = scheme.equals("https") ? 443 : 80;
    var port = url.getPort() == -1 || url.getPort() == usual ? "" : ":" + url.getPort();
    return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port + url.getRawPath();
  }

  private static String hmac(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1: missing (expected: in every JDK)", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("secret: no Base64 (expected: as the console shows it)");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
