package io.nave.consent;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;

/**
 * The hub's own keys, by use. A key comes from the deployment: {@code nave.keys.<use>} or, in the
 * folder that {@code nave.keys.folder} names, the file {@code <use>.key}, both in base64 (Ed25519
 * in PKCS #8, or the bytes of a secret). Where there is none, it is made once and kept in table
 * {@code signing_key}. Public keys stay there when a key is replaced, so that what was signed with
 * it can still be checked.
 */
@ApplicationScoped
public class SigningKeys {
  /** Signs receipts and the ledger's checkpoints. */
  public static final String RECEIPT = "receipt";

  /** Makes the links that are sent to customers. */
  public static final String LINK = "link";

  private static final String PROPERTY = "nave.keys.";

  private final DataSource database;
  private final Config config;
  private final Clock clock;
  private final Map<String, StoredKey> known = new ConcurrentHashMap<>();

  SigningKeys(DataSource database, Config config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The key pair (Ed25519) for a use.
   *
   * @param id what a signature names
   */
  public record Signing(String id, KeyPair pair) {}

  /** The key pair for a use. */
  public Signing signing(String use) {
    var key = key(use, true);
    return new Signing(key.id(), key.pair());
  }

  /** The secret (at least 32 bytes) for a use. */
  public byte[] secret(String use) {
    return key(use, false).secret().clone();
  }

  /** All public keys that ever signed for a use, by id. */
  public Map<String, java.security.PublicKey> published(String use) {
    signing(use);
    try (var connection = database.getConnection()) {
      return StoredKey.published(connection, use);
    } catch (SQLException failure) {
      throw new IllegalStateException("signing_key: cannot be read", failure);
    }
  }

  private StoredKey key(String use, boolean isPair) {
    return known.computeIfAbsent(use, u -> load(u, isPair));
  }

  private StoredKey load(String use, boolean isPair) {
    try {
      var given = given(use);
      if (given.isPresent()) {
        var key = StoredKey.given(use, Base64.getMimeDecoder().decode(given.get()), isPair);
        committed(connection -> key.publish(connection, clock.instant()));
        return key;
      }
      return committed(connection -> own(connection, use, isPair));
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      var what = isPair ? "an Ed25519 key, PKCS #8 in base64" : "32 bytes or more, in base64";
      throw new IllegalStateException(
          PROPERTY + use + ": unusable (expected: " + what + ")", wrong);
    }
  }

  private StoredKey own(Connection connection, String use, boolean isPair) throws SQLException {
    var stored = StoredKey.own(connection, use);
    if (stored.isEmpty()) {
      StoredKey.mint(use, isPair).store(connection, clock.instant());
      stored = StoredKey.own(connection, use); // another hub may have been first
    }
    return stored.orElseThrow();
  }

  private Optional<String> given(String use) {
    var folder = config.getOptionalValue(PROPERTY + "folder", String.class);
    var file = folder.map(f -> Path.of(f, use + ".key")).filter(Files::exists);
    return file.map(SigningKeys::text)
        .or(() -> config.getOptionalValue(PROPERTY + use, String.class))
        .map(text -> String.join("", text.lines().filter(l -> !l.startsWith("-----")).toList()))
        .filter(text -> !text.isBlank());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("file: " + file + " (expected: a readable key)", unreadable);
    }
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Whatever becomes of the caller's transaction, a key that was used stays. */
  private <T> T committed(Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              try (var connection = database.getConnection()) {
                return work.on(connection);
              }
            });
  }
}
