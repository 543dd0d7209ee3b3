package dev.tierwise.discover;

import tools.jackson.databind.JsonNode;

/// What was seen at one address.
sealed interface Sight {
    /// A JSON object.
    ///
    /// @param body what it said
    record Json(JsonNode body) implements Sight {
        /// The elements of the list below `field`; none when there is no such list.
        Iterable<JsonNode> list(String field) {
            return body.path(field);
        }
    }

    /// No JSON object.
    ///
    /// @param why what there was instead, in a few words
    /// @param listens whether anything listens there at all
    record Other(String why, boolean listens) implements Sight {}
}
