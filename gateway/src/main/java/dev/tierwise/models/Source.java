package dev.tierwise.models;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One file that a name led to, ready to be fetched. Printing it shows no headers.
///
/// @param name what the model will be called in the store
/// @param uri where the file is
/// @param headers to be sent with it; may hold a token
/// @param origin where it came from, as the manifest will say; holds nothing secret
/// @param sha256 what the registry says of it; null where it says nothing
/// @param bytes its size; -1 where unknown
/// @param licence null where the registry names none
/// @param extras what the registry keeps beside it
record Source(
        String name,
        URI uri,
        Map<String, String> headers,
        String origin,
        @Nullable String sha256,
        long bytes,
        @Nullable String licence,
        List<Extra> extras) {
    Source {
        headers = Map.copyOf(headers);
        extras = List.copyOf(extras);
    }

    /// A small text beside the model.
    ///
    /// @param name such as `template`
    /// @param text all of it
    record Extra(String name, String text) {}

    Source named(String other) {
        return new Source(other, uri, headers, origin, sha256, bytes, licence, extras);
    }

    @Override
    public String toString() {
        return "Source[" + name + ", " + origin + "]";
    }

    /// What looking a name up came to.
    sealed interface Found {
        record Ready(Source source) implements Found {}

        record Missing(String message) implements Found {}

        record Failed(String message) implements Found {}

        /// Nothing answers; what is in the store may still do.
        record Offline(String message) implements Found {}
    }
}
