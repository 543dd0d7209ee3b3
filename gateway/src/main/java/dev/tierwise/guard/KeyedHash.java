package dev.tierwise.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes that nobody outside this process can recompute, so that a short text cannot be guessed
/// from its hash: HMAC-SHA-256 (RFC 2104) under a key of the operator's, or one that is made anew
/// with each process. Thread-safe.
public final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /// The first half of a hash; enough to tell texts apart.
    record Digest(long high, long low) {}

    KeyedHash() {
        this(random());
    }

    /// @param key the key, 32 bytes
    public KeyedHash(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// A new key.
    public static byte[] random() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /// Of two texts, kept apart.
    Digest of(String first, String second) {
        Mac mac = mac();
        mac.update(first.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0xFF); // in no UTF-8 text
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(second.getBytes(StandardCharsets.UTF_8)));
        return new Digest(hash.getLong(), hash.getLong());
    }

    /// A hash that goes on from another.
    Digest after(Digest before, String first, String second) {
        Mac mac = mac();
        mac.update(ByteBuffer.allocate(16).putLong(before.high).putLong(before.low).flip());
        mac.update(first.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0xFF);
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(second.getBytes(StandardCharsets.UTF_8)));
        return new Digest(hash.getLong(), hash.getLong());
    }

    /// The whole hash of some bytes.
    byte[] of(byte[] bytes) {
        return mac().doFinal(bytes);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
