package io.nave.platform;

import java.nio.charset.StandardCharsets;

/**
 * A 64-bit digest of text: FNV-1a with the finaliser of MurmurHash3. Not for secrets; two texts
 * share a digest by chance once in 2^64.
 */
public final class Digest64 {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Digest64() {}

  /** The digest of the text's UTF-8 bytes. */
  public static long of(String text) {
    long hash = OFFSET;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * PRIME;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
