package dev.tierwise.fakes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// One request as it came in. Immutable.
public final class Received {
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /// Keeps copies; the names of the headers are in lower case.
    Received(String method, String path, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /// The method, in capitals.
    public String method() {
        return method;
    }

    /// Path and query.
    public String path() {
        return path;
    }

    /// All headers by their names in lower case, each with its values in order.
    public Map<String, List<String>> headers() {
        return headers;
    }

    /// The first value of a header, empty text when it was not sent.
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of("")).getFirst();
    }

    /// The exact bytes of the body, a copy.
    public byte[] body() {
        return body.clone();
    }

    /// The body read as UTF-8.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Says everything but the content, which may be private.
    @Override
    public String toString() {
        return method + " " + path + " (" + body.length + " bytes)";
    }
}
