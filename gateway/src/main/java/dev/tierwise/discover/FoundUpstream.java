package dev.tierwise.discover;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.core.DataClass;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A server or hosted API that can be used as it is.
///
/// @param name the backend's name; unique among what was found
/// @param backend how it is spoken to
/// @param url scheme, host, port and path prefix of the server; [Backend#path] follows it
/// @param keyVariable the environment variable that holds its key, never the key itself; null when
///   it has none
/// @param clearance the highest class of data that any of its models may see until the
///   configuration says more; single models may be held lower
/// @param maxConcurrent how many requests it takes at once
public record FoundUpstream(
        String name,
        Backend backend,
        URI url,
        @Nullable String keyVariable,
        DataClass clearance,
        int maxConcurrent) {}
