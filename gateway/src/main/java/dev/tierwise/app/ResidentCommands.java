package dev.tierwise.app;

import dev.tierwise.models.Sizes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// The commands on the models that a running gateway holds in memory. They speak three routes:
///
/// - `GET /v1/models/resident` →
///   `{"object":"list","budget_bytes":N,"used_bytes":N,"data":[MODEL…]}`
/// - `POST /v1/models/load` with `{"model":NAME}` → `MODEL`, once it can answer
/// - `POST /v1/models/unload` with `{"model":NAME}` → `{"id":NAME,"freed_bytes":N}`
///
/// `MODEL` is `{"id","engine":"built-in"|"llama-server","state":"ready"|"starting"|"failed",
/// "bytes","context","slots","active","last_used"}`, where `last_used` is an ISO 8601 time or null.
/// Models of runtimes beside the gateway have the upstream's name as `engine` and null for what the
/// runtime does not say; the two sums leave them out. Errors have the form of OpenAI; `code` is
/// `model_not_found` for an unknown or absent model.
final class ResidentCommands {
    private ResidentCommands() {}

    /// Asks, prints, and tells the exit code.
    private static int run(
            CommandSpec spec, boolean json, Neighbour.Said said, Consumer<JsonNode> print) {
        return switch (said) {
            case Neighbour.Said.No(int code, String message) -> {
                spec.commandLine().getErr().println("tw: " + message);
                yield code;
            }
            case Neighbour.Said.Yes(JsonNode body) -> {
                if (json) {
                    spec.commandLine().getOut().println(body);
                } else {
                    print.accept(body);
                }
                yield Main.DONE;
            }
        };
    }

    private static String size(JsonNode bytes) {
        return bytes.isNumber() ? Sizes.shown(bytes.asLong(0)) : "?";
    }

    private static String count(JsonNode number) {
        return number.isNumber() ? Long.toString(number.asLong(0)) : "?";
    }

    private static String request(String model) {
        return StoreJson.text(StoreJson.object().put("model", model));
    }

    /// `tw models ps`.
    @Command(
            name = "ps",
            mixinStandardHelpOptions = true,
            description = "Lists the models that a running gateway holds in memory.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw models ps", "  ./tw models ps --json | jq .used_bytes"})
    static final class Ps implements Callable<Integer> {
        private static final String ROW = "%-52s %-13s %-9s %9s %8s %6s %6s%n";

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final Neighbour gateway = new Neighbour();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            return run(spec, json, gateway.ask("/v1/models/resident", "", err), this::print);
        }

        private void print(JsonNode body) {
            PrintWriter out = spec.commandLine().getOut();
            if (body.path("data").isEmpty()) {
                out.println("No model is in memory; one is loaded when it is first asked.");
                return;
            }
            out.printf(ROW, "MODEL", "ENGINE", "STATE", "MEMORY", "CONTEXT", "SLOTS", "ACTIVE");
            for (JsonNode model : body.path("data")) {
                out.printf(
                        ROW,
                        model.path("id").asString("?"),
                        model.path("engine").asString("?"),
                        model.path("state").asString("?"),
                        size(model.path("bytes")),
                        count(model.path("context")),
                        count(model.path("slots")),
                        count(model.path("active")));
            }
            long used = body.path("used_bytes").asLong(0);
            long budget = body.path("budget_bytes").asLong(0);
            out.println("in use " + Sizes.shown(used) + " of " + Sizes.shown(budget));
        }
    }

    /// `tw models load`.
    @Command(
            name = "load",
            mixinStandardHelpOptions = true,
            description = "Loads a model into a running gateway, so that its first answer is fast.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw models load llama3.2:3b"})
    static final class Load implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "Its name.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String model;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final Neighbour gateway = new Neighbour();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            var said = gateway.ask("/v1/models/load", request(model), err);
            return run(spec, json, said, this::print);
        }

        private void print(JsonNode body) {
            spec.commandLine()
                    .getOut()
                    .println(
                            body.path("id").asString(model)
                                    + " is loaded ("
                                    + body.path("engine").asString("?")
                                    + ", "
                                    + size(body.path("bytes"))
                                    + ")");
        }
    }

    /// `tw models unload`.
    @Command(
            name = "unload",
            mixinStandardHelpOptions = true,
            description = "Lets a running gateway give a model's memory back.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./tw models unload llama3.2:3b"})
    static final class Unload implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "Its name.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String model;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Mixin private final Neighbour gateway = new Neighbour();

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            var said = gateway.ask("/v1/models/unload", request(model), err);
            return run(spec, json, said, this::print);
        }

        private void print(JsonNode body) {
            String freed = size(body.path("freed_bytes"));
            spec.commandLine()
                    .getOut()
                    .println(body.path("id").asString(model) + " is unloaded: " + freed + " freed");
        }
    }
}
