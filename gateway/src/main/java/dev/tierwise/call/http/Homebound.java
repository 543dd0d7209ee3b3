package dev.tierwise.call.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Which addresses may be asked while nothing may leave this machine.
final class Homebound {
    /// Why others may not.
    static final String WORDS =
            "nothing may leave this machine now (./tw local-only, or policy.local-only in the"
                    + " configuration)";

    private Homebound() {}

    /// Whether a host, as an address has it, can only be this machine. A name other than
    /// `localhost` is not, whatever it resolves to.
    static boolean isHere(@Nullable String host) {
        if (host == null) {
            return false;
        }
        return host.equalsIgnoreCase("localhost") || isLoopback(host.replaceAll("^\\[|]$", ""));
    }

    /// Whether the address at the other end of a connection is this machine's own.
    static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
