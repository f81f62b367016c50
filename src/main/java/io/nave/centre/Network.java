package io.nave.centre;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A network of addresses, such as {@code 10.0.0.0/8}. */
record Network(byte[] address, int bits) {
  static final Network NOBODY = new Network(new byte[0], 0);

  /**
   * Reads {@code address} or {@code address/bits}; never asks for a name.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("network: " + text + " (expected: such as 10.0.0.0/8)");
    }
    int all = address.length * 8;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("network: " + text + " (expected: 0 to " + all + " bits)");
    }
    return new Network(address, bits);
  }

  boolean has(byte[] other) {
    if (other == null || other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (((address[bit / 8] ^ other[bit / 8]) & 0x80 >> bit % 8) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of an IPv4 or IPv6 address; null for what is none. */
  static byte[] address(String text) {
    var bare = text.strip().replaceAll("^\\[|\\](:\\d+)?$", "");
    if (!bare.matches("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*")) {
      return null;
    }
    try {
      return InetAddress.getByName(bare).getAddress();
    } catch (UnknownHostException none) {
      return null;
    }
  }
}
