package dev.tierwise.guard;

import dev.tierwise.core.Body;
import dev.tierwise.core.DataClass;
import dev.tierwise.policy.Zone;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// Makes permits and checks them. Both happen in this process: the seal proves that the bytes on
/// their way out are the ones that the guard was asked about, whatever code lies in between, and
/// not that some other process made them. Thread-safe.
final class Permits {
    private final KeyedHash hash = new KeyedHash();
    private final AtomicLong nonces = new AtomicLong(new SecureRandom().nextLong());
    private final LocalOnly localOnly;
    private final BiConsumer<Permit, String> alarm;

    /// @param localOnly the switch that keeps everything here
    /// @param alarm told of each permit that was shown for bytes or a place that it is not for
    Permits(LocalOnly localOnly, BiConsumer<Permit, String> alarm) {
        this.localOnly = localOnly;
        this.alarm = alarm;
    }

    /// Why a permit was made: the clearance's words.
    ///
    /// @param policy the hash of the policy
    /// @param detector the detector
    /// @param dataClass the class of the data
    record Grounds(String policy, String detector, DataClass dataClass) {}

    Permit issue(Body body, Place place, Grounds grounds, Duration life) {
        var terms =
                new Permit.Terms(
                        sha256(body.bytes()),
                        place,
                        grounds,
                        System.nanoTime() + life.toNanos(),
                        nonces.getAndIncrement());
        return new Permit(terms, hash.of(terms.bytes()), this);
    }

    Optional<String> objection(Permit permit, Body body, String host, String peer) {
        Optional<String> found = look(permit, body, host, peer);
        found.ifPresent(objection -> alarm.accept(permit, objection));
        return found;
    }

    private Optional<String> look(Permit permit, Body body, String host, String peer) {
        Permit.Terms terms = permit.terms();
        Zone zone = terms.place().zone();
        if (!MessageDigest.isEqual(hash.of(terms.bytes()), permit.seal())) {
            return Optional.of("the permit's seal is broken");
        }
        if (!terms.place().host().equals(host)) {
            return Optional.of("the permit is for another place");
        }
        if (!terms.body().equals(sha256(body.bytes()))) {
            return Optional.of("the bytes are not those that were allowed");
        }
        if (System.nanoTime() - terms.expires() > 0) {
            return Optional.of("the permit has expired");
        }
        if (!zone.admits(host, peer)) {
            return Optional.of("the address " + peer + " does not belong to zone " + zone.name());
        }
        if (localOnly.isOn() && !Zone.isLoopback(peer)) {
            return Optional.of("nothing may leave this machine now (local-only)");
        }
        return permit.use() ? Optional.empty() : Optional.of("the permit was used before");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
