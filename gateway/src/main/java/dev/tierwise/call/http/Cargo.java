package dev.tierwise.call.http;

import dev.tierwise.core.Body;
import dev.tierwise.guard.Permit;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;

/// Bytes of a prompt on their way out, with the leave to send them. The bytes are handed out where
/// they are written, against the permit, and nowhere else.
///
/// @param body the bytes
/// @param permit the leave for exactly these
record Cargo(Body body, Permit permit) {
    /// Why the bytes may not be written to `connection`; empty when they may. Uses the permit up.
    ///
    /// @param host the host and port that the connection was asked for
    Optional<String> objection(HttpConnection connection, String host) {
        SocketAddress peer = connection.remoteAddress();
        String address = peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
        return permit.objection(body, host, address);
    }
}
