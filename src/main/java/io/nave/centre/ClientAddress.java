package io.nave.centre;

import java.util.HexFormat;
import java.util.List;

/** Who asks: the address of the connection, or what a trusted proxy says of it. */
final class ClientAddress {
  private static final int LONGEST = 2000;
  private static final int IPV6_SITE = 8;

  private ClientAddress() {}

  /**
   * The nearest address that is no proxy of ours, as a key for counting: an IPv6 site is one.
   *
   * @param forwardedFor the header {@code X-Forwarded-For}, believed as far as trusted proxies
   *     wrote it; or null
   */
  static String of(String connection, String forwardedFor, List<Network> proxies) {
    var client = connection == null ? "" : connection;
    if (forwardedFor == null || forwardedFor.length() > LONGEST) {
      return key(client);
    }
    var hops = forwardedFor.split(",");
    for (int i = hops.length - 1; i >= 0 && isTrusted(client, proxies); i--) {
      client = hops[i].strip();
    }
    return key(client);
  }

  private static boolean isTrusted(String address, List<Network> proxies) {
    byte[] bytes = Network.address(address);
    return proxies.stream().anyMatch(network -> network.has(bytes));
  }

  private static String key(String address) {
    byte[] bytes = Network.address(address);
    if (bytes == null) {
      return "unknown";
    }
    int length = bytes.length == 4 ? 4 : IPV6_SITE;
    return HexFormat.of().formatHex(bytes, 0, length);
  }
}
