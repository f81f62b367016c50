package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.List;

/** The secrets that links are signed with. */
@ApplicationScoped
class LinkKeys {
  private final LinkTokens tokens;

  LinkKeys() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    tokens = new LinkTokens(List.of(secret));
  }

  LinkTokens tokens() {
    return tokens;
  }
}
