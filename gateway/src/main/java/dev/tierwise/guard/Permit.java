package dev.tierwise.guard;

import dev.tierwise.core.Body;
import dev.tierwise.core.DataClass;
import dev.tierwise.policy.Zone;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Leave for exactly these bytes to go to exactly this place, once and soon. Made by [Permits] when
/// a clearance allows it, and checked by it again where the bytes are written. Thread-safe.
public final class Permit {
    private final Terms terms;
    private final byte[] seal;
    private final Permits office;
    private final AtomicBoolean used = new AtomicBoolean();

    /// What a permit says; its seal is made over all of it.
    ///
    /// @param body SHA-256 of the bytes, in hex
    /// @param place where they may go
    /// @param grounds why they may
    /// @param expires until when, in nanoseconds of [System#nanoTime]
    /// @param nonce tells apart two permits for the same bytes
    record Terms(String body, Place place, Permits.Grounds grounds, long expires, long nonce) {
        byte[] bytes() {
            return String.join(
                            "\n",
                            body,
                            place.zone().name(),
                            place.host(),
                            grounds.policy(),
                            grounds.detector(),
                            grounds.dataClass().word(),
                            Long.toString(expires),
                            Long.toUnsignedString(nonce))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    Permit(Terms terms, byte[] seal, Permits office) {
        this.terms = terms;
        this.seal = seal;
        this.office = office;
    }

    /// Uses it up for `body`, which is about to be written.
    ///
    /// @param host the host and port that the connection was asked for
    /// @param peer the address at the other end of the connection, in figures
    /// @return why they may not be written; empty when they may
    public Optional<String> objection(Body body, String host, String peer) {
        return office.objection(this, body, host, peer);
    }

    Terms terms() {
        return terms;
    }

    byte[] seal() {
        return seal;
    }

    /// Uses it up.
    ///
    /// @return false when it was used before
    boolean use() {
        return used.compareAndSet(false, true);
    }

    /// Its first bytes in hex, for the audit trail.
    public String id() {
        return HexFormat.of().formatHex(seal, 0, 16);
    }

    /// The class of the data.
    public DataClass dataClass() {
        return terms.grounds.dataClass();
    }

    /// The hash of the policy that allowed it.
    public String policy() {
        return terms.grounds.policy();
    }

    /// The zone that the bytes may go to.
    public Zone zone() {
        return terms.place.zone();
    }
}
