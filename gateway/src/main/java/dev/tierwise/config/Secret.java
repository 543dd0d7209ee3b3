package dev.tierwise.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Something that must not be shown: printing it gives `***`. Two are equal when they hide the
/// same.
public final class Secret {
    private final String value;

    /// Hides `value`.
    public Secret(String value) {
        this.value = value;
    }

    /// What is hidden. Only for the place that must send or compare it.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
