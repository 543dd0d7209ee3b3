package dev.tierwise.fakes;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How a kind of runtime shows and changes its models. Implementations have no state of their own.
sealed interface Management
        permits OllamaManagement, LmStudioManagement, LlamaManagement, VllmManagement {
    /// What the runtime says to a request; empty where it has no such endpoint.
    Optional<Said> answer(Asked asked, RuntimeState state);

    /// A request.
    ///
    /// @param endpoint method and path, such as `GET /props`
    /// @param query the model that the query names; empty for none
    /// @param body the body; missing where there is none
    record Asked(String endpoint, String query, JsonNode body) {
        String text(String field) {
            return body.path(field).asString("");
        }
    }

    /// An answer.
    sealed interface Said {
        /// A JSON text.
        record Text(int status, String json) implements Said {
            static Text of(Object value) {
                return new Text(200, Json.text(value));
            }

            static Text of(int status, Object value) {
                return new Text(status, Json.text(value));
            }
        }

        /// A page that is no JSON.
        record Page(String text) implements Said {}

        /// What is said once something has ended.
        record Later(Future<?> end, Supplier<Text> then) implements Said {}

        /// One JSON object a line.
        record Events(List<String> lines) implements Said {}
    }

    /// What follows on a load: `good`, or an error with this status.
    static Said after(Future<@Nullable String> load, int status, Supplier<Said.Text> good) {
        return new Said.Later(
                load,
                () -> {
                    String wrong = load.result();
                    return wrong == null
                            ? good.get()
                            : Said.Text.of(status, Json.object("error", wrong));
                });
    }
}
