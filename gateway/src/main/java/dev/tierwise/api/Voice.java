package dev.tierwise.api;

import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Prompt;
import dev.tierwise.flow.Client;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ErrorBody;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How the door speaks to a client: answers, streams and errors in the dialect that it asked in.
/// What comes in is of the OpenAI dialect. Called by one thread at a time, under the lock of the
/// [Exchange].
interface Voice {
    /// The dialect that all inside speaks already.
    Voice OPENAI = new OpenAi();

    /// The response header for the request's id besides Tierwise's own; null for none.
    default @Nullable String idHeader() {
        return null;
    }

    /// The request is about to be answered.
    default void expect(Prompt prompt) {}

    /// The HTTP status that tells `failure`.
    int status(Failure failure);

    /// The body that tells it.
    Body error(Failure failure, String requestId);

    /// The event that tells it in mid-stream.
    Body errorEvent(Failure failure, String requestId);

    /// What is sent in a silent stream.
    Body heartbeat();

    /// A whole answer, or why it cannot be said.
    Read<Body> whole(Answer answer, Client.Heading heading);

    /// The next events; perhaps none.
    Body events(Body events, Client.@Nullable Heading heading);

    /// The last events of a whole stream, or why it cannot be said.
    Read<Body> end(Client.@Nullable Heading heading);

    /// Hands on what comes.
    final class OpenAi implements Voice {
        private static final Body HEARTBEAT = utf8(": waiting\n\n");
        private static final Body NOTHING = utf8("");

        private OpenAi() {}

        private static Body utf8(String text) {
            return new Body(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int status(Failure failure) {
            return failure.status();
        }

        @Override
        public Body error(Failure failure, String requestId) {
            return ErrorBody.of(failure);
        }

        @Override
        public Body errorEvent(Failure failure, String requestId) {
            String error = new String(ErrorBody.of(failure).bytes(), StandardCharsets.UTF_8);
            return utf8("data: " + error.replace("\n", "") + "\n\n");
        }

        @Override
        public Body heartbeat() {
            return HEARTBEAT;
        }

        @Override
        public Read<Body> whole(Answer answer, Client.Heading heading) {
            return new Read.Good<>(answer.body());
        }

        @Override
        public Body events(Body events, Client.@Nullable Heading heading) {
            return events;
        }

        @Override
        public Read<Body> end(Client.@Nullable Heading heading) {
            return new Read.Good<>(NOTHING);
        }
    }
}
