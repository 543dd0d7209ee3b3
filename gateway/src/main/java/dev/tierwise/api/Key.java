package dev.tierwise.api;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key that opens the door, with its bounds. Holds only the SHA-256 of the secret.
public final class Key {
    private final String name;
    private final byte[] digest;
    private final Bounds bounds;

    /// @param name shown in ledger and metrics
    /// @param secret what the client sends
    /// @param bounds what requests with this key may do
    public Key(String name, String secret, Bounds bounds) {
        this.name = name;
        this.digest = sha256(secret);
        this.bounds = bounds;
    }

    /// What requests may do.
    ///
    /// @param maxTier the highest tier
    /// @param dataClass the least class of their data
    /// @param task their task where they name none
    /// @param tenant for whom they are
    /// @param purposes what they may be for; the first where they name none
    /// @param admin whether they may turn the gateway's switches
    public record Bounds(
            Tier maxTier,
            DataClass dataClass,
            @Nullable String task,
            String tenant,
            List<String> purposes,
            boolean admin) {
        /// No bounds: every tier, ordinary data.
        public static final Bounds NONE =
                new Bounds(Tier.FRONTIER, DataClass.INTERNAL, null, "anonymous", List.of(), false);

        public Bounds {
            purposes = List.copyOf(purposes);
        }

        /// The purpose of a request that names `wanted`, which counts only where it is allowed.
        @Nullable String purpose(@Nullable String wanted) {
            if (wanted != null && purposes.contains(wanted.strip())) {
                return wanted.strip();
            }
            return purposes.isEmpty() ? null : purposes.getFirst();
        }
    }

    String name() {
        return name;
    }

    Bounds bounds() {
        return bounds;
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
