package dev.tierwise.policy;

import org.jspecify.annotations.Nullable;

/// A stub.
public record Zone(String name, Kind kind, String jurisdiction, @Nullable Contract contract) {
    /// A stub.
    public enum Kind {
        /// A stub.
        LOCAL,
        /// A stub.
        CLOUD
    }

    /// A stub.
    public boolean admits(String host, String peer) {
        return kind == Kind.CLOUD || peer.startsWith("127.") || peer.equals("0:0:0:0:0:0:0:1");
    }
}
