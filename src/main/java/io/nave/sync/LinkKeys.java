package io.nave.sync;

import io.nave.consent.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Signs links with the hub's own secret, which is asked for when the first link is. */
@ApplicationScoped
class LinkKeys {
  private final SigningKeys keys;
  private volatile LinkTokens tokens;

  LinkKeys(SigningKeys keys) {
    this.keys = keys;
  }

  LinkTokens tokens() {
    var known = tokens;
    if (known == null) {
      known = new LinkTokens(List.of(keys.secret(SigningKeys.LINK)));
      tokens = known;
    }
    return known;
  }
}
