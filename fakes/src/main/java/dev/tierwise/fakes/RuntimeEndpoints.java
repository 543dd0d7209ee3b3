package dev.tierwise.fakes;

import dev.tierwise.fakes.Management.Asked;
import dev.tierwise.fakes.Management.Said;
import dev.tierwise.fakes.Planner.Answer;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/// The endpoints by which a runtime shows and changes its models. An armed fault hits what changes
/// something, and listings where it reaches everything. Safe for use by several threads.
///
/// @param management the kind of runtime
/// @param state its models
/// @param behaviour what goes wrong
record RuntimeEndpoints(Management management, RuntimeState state, Behaviour behaviour) {
    private static final Pattern CHANGE =
            Pattern.compile("POST (/api/(generate|pull)|(/api/v1)?/models(/\\w+)?)");

    /// Those of a kind of server; empty where it has none.
    static Optional<RuntimeEndpoints> of(Kind kind, Behaviour behaviour) {
        RuntimeState state = behaviour.runtime;
        if (state == null) {
            return Optional.empty();
        }
        return switch (kind) {
            case OLLAMA ->
                    Optional.of(new RuntimeEndpoints(new OllamaManagement(), state, behaviour));
            case LM_STUDIO ->
                    Optional.of(new RuntimeEndpoints(new LmStudioManagement(), state, behaviour));
            case LLAMA_SERVER ->
                    Optional.of(new RuntimeEndpoints(new LlamaManagement(), state, behaviour));
            case VLLM -> Optional.of(new RuntimeEndpoints(new VllmManagement(), state, behaviour));
            case ALL, OPENAI -> Optional.empty();
        };
    }

    /// The plan for a request; empty where it is none of these.
    Optional<Plan> plan(String endpoint, String query, Buffer body) {
        var root = Json.read(body.toString()).orElse(JsonNodeFactory.instance.missingNode());
        boolean change = CHANGE.matcher(endpoint).matches();
        boolean hit = change || behaviour.settings.reach() == FaultSettings.Reach.EVERYTHING;
        var wire = new OllamaWire();
        Fault fault = behaviour.armed().fault();
        if (hit && fault != Fault.NONE && known(endpoint)) {
            var planner = new Planner(behaviour.take(), behaviour.settings, Script.of(""), wire);
            return Optional.of(planner.plan(script -> dummy(endpoint, script)));
        }
        var planner = new Planner(Fault.NONE, behaviour.settings, Script.of(""), wire);
        return management
                .answer(new Asked(endpoint, query, root), state)
                .map(said -> plan(planner, said));
    }

    private boolean known(String endpoint) {
        return CHANGE.matcher(endpoint).matches()
                || management
                        .answer(
                                new Asked(endpoint, "", JsonNodeFactory.instance.missingNode()),
                                state)
                        .isPresent();
    }

    /// What a fault breaks: a stream where one is usual.
    private static Answer dummy(String endpoint, Script script) {
        return endpoint.equals("POST /api/pull")
                ? new Answer.Events(
                        new Streamed(
                                List.of(),
                                List.of(
                                        "{\"status\":\"pulling manifest\"}\n",
                                        "{\"status\":\"pulling ff\",\"total\":9,\"completed\":1}\n",
                                        "{\"status\":\"pulling ff\",\"total\":9,\"completed\":9}\n"),
                                List.of(),
                                "{\"status\":\"success\"}\n"))
                : new Answer.Whole(
                        Json.text(
                                Json.object(
                                        "done",
                                        true,
                                        "models",
                                        List.of(),
                                        "data",
                                        List.of(),
                                        "text",
                                        script.text())));
    }

    private static Plan plan(Planner planner, Said said) {
        return switch (said) {
            case Said.Text(int status, String json) ->
                    planner.whole(json, Planner.JSON).withStatus(status);
            case Said.Page(String text) -> planner.whole(text, "text/plain; version=0.0.4");
            case Said.Later later ->
                    new Plan.Later(later.end(), () -> plan(planner, later.then().get()));
            case Said.Events(List<String> lines) ->
                    planner.stream(Plan.Body.of(lines, Plan.Ending.END));
        };
    }
}
