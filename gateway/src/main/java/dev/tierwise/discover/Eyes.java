package dev.tierwise.discover;

import dev.tierwise.call.Fetch;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks servers what they are, within a deadline. Safe for use by many threads.
///
/// @param fetch how to ask
/// @param deadline until when
record Eyes(Fetch fetch, Deadline deadline) {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /// What a `GET` of `uri` shows.
    Sight get(URI uri, Map<String, String> headers) {
        return see(new Fetch.Request("GET", uri, headers, "", deadline.left()));
    }

    /// What a `POST` of `json` to `uri` shows.
    Sight post(URI uri, String json) {
        return see(Fetch.Request.post(uri, json, deadline.left()));
    }

    /// As above, with headers.
    Sight post(URI uri, String json, Map<String, String> headers) {
        var all = new TreeMap<>(headers);
        all.put("content-type", "application/json");
        return see(new Fetch.Request("POST", uri, all, json, deadline.left()));
    }

    private Sight see(Fetch.Request request) {
        return switch (fetch.fetch(request)) {
            case Fetch.Reply.Answered(int status, String body) -> answered(status, body);
            case Fetch.Reply.Unreachable _ -> new Sight.Other("nothing answers", false);
            case Fetch.Reply.Silent _ ->
                    new Sight.Other("something listens, but it did not answer in time", true);
        };
    }

    private static Sight answered(int status, String body) {
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return new Sight.Other("the server asks for a key", true);
        }
        if (status != OK) {
            return new Sight.Other("another server answers there (status " + status + ")", true);
        }
        try {
            JsonNode json = Reading.JSON.readTree(body);
            return json.isObject()
                    ? new Sight.Json(json)
                    : new Sight.Other("another server answers there", true);
        } catch (JacksonException notJson) {
            return new Sight.Other("another server answers there", true);
        }
    }

    /// Apart, so that a machine where nothing answers does not pay for the start of a JSON library.
    private static final class Reading {
        private static final JsonMapper JSON = JsonMapper.builder().build();
    }
}
