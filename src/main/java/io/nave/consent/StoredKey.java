package io.nave.consent;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A key as table {@code signing_key} has it. */
record StoredKey(String id, String use, byte[] secret, byte[] published) {
  private static final int SECRET = 32;
  private static final String ALGORITHM = "Ed25519";
  private static final SecureRandom RANDOM = new SecureRandom();

  static StoredKey mint(String use, boolean isPair) {
    if (!isPair) {
      var secret = new byte[SECRET];
      RANDOM.nextBytes(secret);
      return of(use, secret, null);
    }
    try {
      var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return of(use, pair.getPrivate().getEncoded(), pair.getPublic().getEncoded());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What the deployment brings along. */
  static StoredKey given(String use, byte[] secret, boolean isPair)
      throws GeneralSecurityException {
    if (!isPair) {
      if (secret.length < SECRET) {
        throw new GeneralSecurityException(secret.length + " bytes");
      }
      return of(use, secret, null);
    }
    return of(use, secret, publicOf(secret));
  }

  /** A generator that draws the private key's seed makes the pair that the seed belongs to. */
  private static byte[] publicOf(byte[] secret) throws GeneralSecurityException {
    var key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(secret));
    var seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
    var generator = KeyPairGenerator.getInstance(ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
    return generator.generateKeyPair().getPublic().getEncoded();
  }

  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }

  private static StoredKey of(String use, byte[] secret, byte[] published) {
    try {
      var sha = MessageDigest.getInstance("SHA-256").digest(published == null ? secret : published);
      var name = Base64.getUrlEncoder().withoutPadding().encodeToString(sha).substring(0, 22);
      return new StoredKey(use + "-" + name, use, secret, published);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  KeyPair pair() {
    try {
      var spec = new PKCS8EncodedKeySpec(secret);
      return new KeyPair(read(published), KeyFactory.getInstance(ALGORITHM).generatePrivate(spec));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("signing_key: " + id + " (expected: an Ed25519 key)", broken);
    }
  }

  static PublicKey read(byte[] published) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(published));
  }

  static boolean verifies(PublicKey key, byte[] text, byte[] signature) {
    try {
      var check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException noSignature) {
      return false;
    }
  }

  // -- in the table

  static Optional<StoredKey> own(Connection connection, String use) throws SQLException {
    var sql = "select id, secret, public from signing_key where use = ? and secret is not null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, use);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new StoredKey(rows.getString(1), use, rows.getBytes(2), rows.getBytes(3)))
            : Optional.empty();
      }
    }
  }

  void store(Connection connection, Instant now) throws SQLException {
    insert(connection, secret, now);
  }

  /** Keeps the public part alone; the name of a secret that has none tells nothing. */
  Void publish(Connection connection, Instant now) throws SQLException {
    if (published != null) {
      insert(connection, null, now);
    }
    return null;
  }

  private void insert(Connection connection, byte[] stored, Instant now) throws SQLException {
    var sql =
        "insert into signing_key (id, use, secret, public, created_at)"
            + " values (?, ?, ?, ?, ?::timestamptz) on conflict do nothing";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      statement.setString(2, use);
      statement.setBytes(3, stored);
      statement.setBytes(4, published);
      statement.setString(5, now.toString());
      statement.executeUpdate();
    }
  }

  static Map<String, PublicKey> published(Connection connection, String use) throws SQLException {
    var sql =
        "select id, public from signing_key where use = ? and public is not null"
            + " order by created_at, id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, use);
      var keys = new LinkedHashMap<String, PublicKey>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.put(rows.getString(1), read(rows.getBytes(2)));
        }
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException("signing_key: " + use + " (expected: Ed25519)", broken);
      }
      return keys;
    }
  }
}
