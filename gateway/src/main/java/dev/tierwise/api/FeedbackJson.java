package dev.tierwise.api;

import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.wire.Read;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Ratings as clients send them, and the answers to them.
final class FeedbackJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LONGEST_ID = 100;
    private static final Set<String> FIELDS =
            Set.of("request_id", "thumb", "score", "corrected", "comment");

    private FeedbackJson() {}

    /// Reads a rating. The words of `corrected` and `comment` are looked at and forgotten.
    ///
    /// @param key who sends it; null where no key is needed, and everybody here is the user
    static Read<Ratings.Rating> read(byte[] body, @Nullable Key key) {
        JsonNode root;
        try {
            root = MAPPER.readTree(body);
        } catch (JacksonException _) {
            return bad(null, "The body is not JSON");
        }
        if (!root.isObject()) {
            return bad(null, "The body is not a JSON object");
        }
        for (String field : root.propertyNames()) {
            if (!FIELDS.contains(field)) {
                String shown = field.length() > 40 ? field.substring(0, 40) + "…" : field;
                return bad(shown, "`" + shown + "` is not known here");
            }
        }
        return rating(root, key);
    }

    private static Read<Ratings.Rating> rating(JsonNode root, @Nullable Key key) {
        String id = root.path("request_id").asString("").strip();
        if (!root.path("request_id").isString() || id.isEmpty() || id.length() > LONGEST_ID) {
            return bad(
                    "request_id",
                    "`request_id` has to be the id that the answer's header x-tierwise-request-id"
                            + " gives");
        }
        JsonNode thumb = root.path("thumb");
        boolean up = thumb.asString("").equals("up");
        if (!absent(thumb) && !up && !thumb.asString("").equals("down")) {
            return bad("thumb", "`thumb` is \"up\" or \"down\"");
        }
        JsonNode score = root.path("score");
        double number = score.isNumber() ? score.asDouble() : Double.NaN;
        if (!absent(score) && !(number >= 0 && number <= 1)) {
            return bad("score", "`score` is a number from 0 to 1");
        }
        JsonNode corrected = root.path("corrected");
        if (!absent(corrected) && !corrected.isString()) {
            return bad("corrected", "`corrected` is the right answer as a string");
        }
        if (!absent(root.path("comment")) && !root.path("comment").isString()) {
            return bad("comment", "`comment` is a string");
        }
        if (absent(thumb) && absent(score) && absent(corrected)) {
            return bad("thumb", "One of `thumb`, `score` and `corrected` is needed");
        }
        return new Read.Good<>(
                new Ratings.Rating(
                        id,
                        key == null ? "anonymous" : key.name(),
                        key == null || key.bounds().admin(),
                        absent(thumb) ? null : up,
                        absent(score) ? null : number,
                        !absent(corrected)));
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static Read<Ratings.Rating> bad(@Nullable String field, String what) {
        return new Read.Bad<>(
                new Failure.Malformed(
                        what
                                + ". Send {\"request_id\": \"…\", \"thumb\": \"up\"}, with `thumb`,"
                                + " `score` or `corrected`.",
                        field));
    }

    /// The answer to a rating that was recorded.
    static Body of(String requestId, Ratings.Taken.Recorded recorded) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("request_id", requestId);
        root.put("model", recorded.model());
        root.put("recorded", true);
        root.put("learned", recorded.learned());
        root.put("why", recorded.why());
        return new Body(MAPPER.writeValueAsBytes(root));
    }
}
