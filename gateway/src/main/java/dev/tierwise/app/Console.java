package dev.tierwise.app;

import dev.tierwise.call.Sink;
import dev.tierwise.core.Answer;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.Money;
import dev.tierwise.flow.Client;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A client that sits before a terminal: words go to stdout as they come, who answered and what
/// went wrong to stderr.
final class Console implements Client {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Executor loop;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private volatile int status = Main.FAILED;
    private volatile boolean begun;

    Console(Executor loop, PrintWriter out, PrintWriter err, boolean json) {
        this.loop = loop;
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /// The exit status that the answer calls for.
    int status() {
        return status;
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void announce(Heading heading) {
        // it is told when the first word comes, for another model may yet answer
    }

    @Override
    public void hold(Heading heading) {
        // nothing is told of an answer that may be thrown away
    }

    @Override
    public boolean retract() {
        return !begun;
    }

    @Override
    public void send(Answer answer, Heading heading, @Nullable Money cost) {
        try {
            JsonNode whole = MAPPER.readTree(answer.body().bytes());
            ObjectNode shown = MAPPER.createObjectNode();
            shown.put("tier", heading.tier().word());
            shown.put("model", heading.model());
            shown.put("reason", heading.reason());
            shown.put("cost_usd", cost == null ? null : cost.dollars());
            shown.set("answer", whole.at("/choices/0/message/content"));
            shown.put("finish_reason", answer.finish());
            shown.put("prompt_tokens", answer.usage().input());
            shown.put("completion_tokens", answer.usage().output());
            out.println(MAPPER.writeValueAsString(shown));
            status = Main.DONE;
        } catch (JacksonException _) {
            err.println("tw: the answer is not JSON");
        }
    }

    @Override
    public Sink open(Heading heading) {
        begun = true;
        err.println(heading.tier().word() + " " + heading.model() + " (" + heading.reason() + ")");
        return new Sink() {
            @Override
            public boolean accept(Body event) {
                print(new String(event.bytes(), StandardCharsets.UTF_8));
                return true;
            }

            @Override
            public void whenDrained(Runnable resume) {
                resume.run();
            }
        };
    }

    private void print(String events) {
        for (String line : events.lines().toList()) {
            if (line.startsWith("data: {")) {
                try {
                    JsonNode chunk = MAPPER.readTree(line.substring("data: ".length()));
                    out.print(chunk.at("/choices/0/delta/content").asString(""));
                    out.flush();
                } catch (JacksonException _) {
                    err.println("tw: a piece of the answer is not JSON");
                }
            }
        }
    }

    @Override
    public void finish(@Nullable Money cost) {
        out.println();
        status = Main.DONE;
    }

    @Override
    public void fail(Failure failure, String requestId, @Nullable Heading heading) {
        if (begun) {
            out.println();
        }
        if (json) {
            ObjectNode shown = MAPPER.createObjectNode();
            shown.put("error", failure.message());
            shown.put("code", failure.code());
            out.println(MAPPER.writeValueAsString(shown));
        } else {
            err.println("tw: " + failure.message());
        }
        status =
                failure instanceof Failure.NotFound || failure instanceof Failure.Unready
                        ? Main.NOT_FOUND
                        : Main.FAILED;
    }
}
