package dev.tierwise.api;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// A key that opens the door, with its bounds. Holds only the SHA-256 of the secret.
public final class Key {
    private final String name;
    private final byte[] digest;
    private final Tier maxTier;
    private final DataClass dataClass;
    private final @Nullable String task;

    /// @param name shown in ledger and metrics
    /// @param secret what the client sends
    /// @param bounds what requests with this key may do
    public Key(String name, String secret, Bounds bounds) {
        this.name = name;
        this.digest = sha256(secret);
        this.maxTier = bounds.maxTier();
        this.dataClass = bounds.dataClass();
        this.task = bounds.task();
    }

    /// What requests may do.
    ///
    /// @param maxTier the highest tier
    /// @param dataClass the least class of their data
    /// @param task their task where they name none
    public record Bounds(Tier maxTier, DataClass dataClass, @Nullable String task) {
        /// No bounds: every tier, ordinary data.
        public static final Bounds NONE = new Bounds(Tier.FRONTIER, DataClass.INTERNAL, null);
    }

    String name() {
        return name;
    }

    Bounds bounds() {
        return new Bounds(maxTier, dataClass, task);
    }

    /// Whether this is the secret's digest; takes the same time for any.
    boolean opens(byte[] sha256) {
        return MessageDigest.isEqual(digest, sha256);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Key[" + name + "]";
    }
}
