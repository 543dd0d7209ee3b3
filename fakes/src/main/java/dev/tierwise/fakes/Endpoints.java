package dev.tierwise.fakes;

import dev.tierwise.fakes.FaultSettings.Reach;
import dev.tierwise.fakes.Planner.Answer;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// All endpoints but those of control: finds the good answer to a request and the plan for it. Safe
/// for use by several threads.
///
/// @param kind which endpoints there are
/// @param behaviour what goes wrong
record Endpoints(Kind kind, Behaviour behaviour) {
    private static final Wire OPENAI = new OpenAiWire();
    private static final Wire OLLAMA = new OllamaWire();

    /// The plan for one request.
    Plan plan(String method, String path, Buffer body) {
        var listings = new Listings(kind, behaviour.models);
        var wire = path.startsWith("/api/") && listings.speaksOllama() ? OLLAMA : OPENAI;
        return switch (method + " " + path) {
            case "POST /v1/chat/completions" -> chat(wire, body);
            case "POST /api/chat" ->
                    listings.speaksOllama() ? chat(wire, body) : missing(wire, path);
            case "POST /api/show" -> {
                var model = Json.read(body.toString()).map(root -> root.path("model").asString(""));
                yield listing(
                        wire,
                        listings.speaksOllama() ? model.flatMap(listings::show) : Optional.empty(),
                        path);
            }
            default -> {
                var found = method.equals("GET") ? listings.get(path) : Optional.<String>empty();
                yield listing(wire, found, path);
            }
        };
    }

    private Plan chat(Wire wire, Buffer body) {
        var root = Json.read(body.toString());
        if (root.isEmpty()) {
            return rejected(wire, 400, "We could not parse the JSON body of your request.");
        }
        var asked = ChatRequest.of(root.get(), wire instanceof OllamaWire);
        if (!asked.complaint().isEmpty()) {
            return rejected(wire, 400, asked.complaint());
        }
        Optional<String> verdict =
                Optional.ofNullable(behaviour.right)
                        .flatMap(right -> JudgeQuestion.verdict(asked.last(), right));
        ChatRequest request = verdict.isPresent() ? asked.unshaped() : asked;
        UnaryOperator<Script> said =
                script -> verdict.map(script::withText).orElseGet(() -> script.heard(asked.last()));
        Function<Script, Answer> answer =
                request.streamed()
                        ? script -> new Answer.Events(wire.streamed(request, said.apply(script)))
                        : script -> new Answer.Whole(wire.whole(request, said.apply(script)));
        return planner(behaviour.take(), wire).plan(answer);
    }

    private Plan listing(Wire wire, Optional<String> body, String path) {
        if (body.isEmpty()) {
            return missing(wire, path);
        }
        boolean hit = behaviour.settings.reach() == Reach.EVERYTHING;
        return new Planner(
                        hit ? behaviour.take() : Fault.NONE,
                        behaviour.settings,
                        Script.of(""),
                        wire)
                .plan(_ -> new Answer.Whole(body.get()));
    }

    private Plan missing(Wire wire, String path) {
        return rejected(wire, 404, "not found: " + path);
    }

    private Plan rejected(Wire wire, int status, String message) {
        var problem = new Wire.Problem("invalid_request_error", "invalid_request", message);
        return planner(Fault.NONE, wire)
                .whole(wire.error(problem), Planner.JSON)
                .withStatus(status);
    }

    private Planner planner(Fault fault, Wire wire) {
        return new Planner(fault, behaviour.settings, behaviour.script, wire);
    }
}
