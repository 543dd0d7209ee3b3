package dev.tierwise.call.runtime;

import java.net.URI;
import java.util.Map;

/// Where a runtime is. Printing it shows no credentials.
///
/// @param name its name in messages
/// @param base scheme, host, port and path before its own paths
/// @param headers sent with every question, credentials among them
public record RuntimeServer(String name, URI base, Map<String, String> headers) {
    public RuntimeServer {
        headers = Map.copyOf(headers);
    }

    /// The address of a path with its leading slash.
    URI at(String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path);
    }

    @Override
    public String toString() {
        return name + " (" + base + ")";
    }
}
