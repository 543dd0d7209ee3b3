package dev.tierwise.fakes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The chances of the tokens that a fake answer is made of, always the same: each piece is a token
/// with 88 %, and `~` could have stood in its place with 11 %.
final class Chances {
    private static final double LIKELY = -0.125;
    private static final double UNLIKELY = -2.25;

    private Chances() {}

    /// The `logprobs` of a choice that says `pieces`; null where the request asks for none.
    static @Nullable Object of(ChatRequest request, List<String> pieces) {
        if (!request.root().path("logprobs").asBoolean(false)) {
            return null;
        }
        int most = request.root().path("top_logprobs").asInt(0);
        var content = new ArrayList<Object>();
        for (String piece : pieces) {
            var likeliest =
                    List.of(
                            Json.object("token", piece, "logprob", LIKELY, "bytes", null),
                            Json.object("token", "~", "logprob", UNLIKELY, "bytes", null));
            content.add(
                    Json.object(
                            "token",
                            piece,
                            "logprob",
                            LIKELY,
                            "bytes",
                            null,
                            "top_logprobs",
                            likeliest.subList(0, Math.clamp(most, 0, 2))));
        }
        return Json.object("content", content, "refusal", null);
    }
}
