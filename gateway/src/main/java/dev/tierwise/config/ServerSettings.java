package dev.tierwise.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The door: where it listens and what it lets in.
///
/// @param host the address to listen on
/// @param port the port; 0 takes a free one
/// @param maxBody the most bytes of a request's body
/// @param maxHeader the most bytes of a request's head
/// @param bodyTimeout how long a client may take to send a request
/// @param heartbeat pause between heartbeats in a silent stream; null for none
/// @param grace how long running requests may go on when the gateway stops
/// @param allowedOrigins browser origins that may call besides those of this machine
/// @param logRequests whether each request gets a line in the log
public record ServerSettings(
        String host,
        int port,
        long maxBody,
        int maxHeader,
        Duration bodyTimeout,
        @Nullable Duration heartbeat,
        Duration grace,
        List<String> allowedOrigins,
        boolean logRequests) {
    /// What holds where the file is silent: this machine only, port 7020.
    public static final ServerSettings DEFAULT =
            new ServerSettings(
                    "127.0.0.1",
                    7020,
                    32L << 20,
                    16 << 10,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    List.of(),
                    true);

    public ServerSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /// The same door elsewhere.
    ServerSettings listeningOn(String newHost, int newPort) {
        return new ServerSettings(
                newHost,
                newPort,
                maxBody,
                maxHeader,
                bodyTimeout,
                heartbeat,
                grace,
                allowedOrigins,
                logRequests);
    }

    /// Whether only this machine can reach `host`. Names other than `localhost` are not looked up
    /// and count as reachable.
    public static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
