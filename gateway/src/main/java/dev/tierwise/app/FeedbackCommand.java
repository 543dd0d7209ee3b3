package dev.tierwise.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `tw feedback`.
@Command(
        name = "feedback",
        mixinStandardHelpOptions = true,
        description =
                "Tells a running gateway what you think of an answer, so that it learns whom to"
                        + " ask. The id stands in the answer's header x-tierwise-request-id.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw feedback 0192f3a4b5c67d8e9f00112233445566 --up",
            "  ./tw feedback 0192f3a4b5c67d8e9f00112233445566 --score 0.4"
        })
final class FeedbackCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REQUEST_ID", description = "The id of the request.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String requestId;

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Opinion opinion;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin private final Neighbour gateway = new Neighbour();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /// What is thought: one of the three.
    static final class Opinion {
        @Option(names = "--up", description = "It was good.")
        private boolean up;

        @Option(names = "--down", description = "It was bad.")
        @SuppressWarnings("UnusedVariable") // says no more than that --up was not given
        private boolean down;

        @Option(names = "--score", paramLabel = "X", description = "How good, from 0 to 1.")
        private @Nullable Double score;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Double score = opinion.score;
        if (score != null && !(score >= 0 && score <= 1)) {
            err.println("tw: --score takes a number from 0 to 1");
            return Main.USAGE;
        }
        ObjectNode body = StoreJson.object().put("request_id", requestId);
        if (score != null) {
            body.put("score", score);
        } else {
            body.put("thumb", opinion.up ? "up" : "down");
        }
        return switch (gateway.ask("/v1/feedback", StoreJson.text(body), err)) {
            case Neighbour.Said.No(int code, String message) -> {
                err.println("tw: " + message);
                yield code;
            }
            case Neighbour.Said.Yes(JsonNode said) -> {
                out.println(
                        json
                                ? said.toString()
                                : "recorded for "
                                        + said.path("model").asString("?")
                                        + (said.path("learned").asBoolean(false)
                                                ? "; "
                                                : "; not learned from: ")
                                        + said.path("why").asString(""));
                yield Main.DONE;
            }
        };
    }
}
