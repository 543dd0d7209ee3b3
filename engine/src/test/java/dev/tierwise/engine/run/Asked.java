package dev.tierwise.engine.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers questions greedily, for `src/test/golden/answers`: `java … Asked MODEL MOST` reads a
/// JSON object with `system` and `user` from each line and prints one with `text`, `ids`,
/// `logprobs` and `prompt`, the tokens of the prompt.
public final class Asked {
    private static final JsonMapper JSON = new JsonMapper();

    private Asked() {}

    /// Answers until there are no more lines.
    public static void main(String[] arguments) throws IOException {
        var settings = new Engine.Settings(1, 1, 1024, 64);
        int most = Integer.parseInt(arguments[1]);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        switch (Engine.open(Path.of(arguments[0]), settings)) {
            case Engine.Opening.Refused(String message) -> throw new IOException(message);
            case Engine.Opening.Ready(Engine engine) -> {
                try (engine) {
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        System.out.println(answer(engine, JSON.readTree(line), most));
                    }
                }
            }
        }
    }

    private static String answer(Engine engine, JsonNode question, int most) {
        List<Map<String, Object>> messages = new ArrayList<>();
        if (!question.path("system").asString("").isEmpty()) {
            messages.add(message("system", question.path("system").stringValue()));
        }
        messages.add(message("user", question.path("user").stringValue()));
        var prompt =
                switch (engine.prompt(messages, Clock.systemUTC())) {
                    case Engine.Prompted.Ready(Tokens tokens) -> tokens;
                    case Engine.Prompted.Refused(String message) ->
                            throw new AssertionError(message);
                };
        var answer = new Answer();
        engine.start(new Ask(prompt, most, Sampling.GREEDY, List.of(), null, 0), answer);
        String text = answer.text();
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < prompt.size(); i++) {
            ids.add(prompt.at(i));
        }
        return JSON.writeValueAsString(
                Map.of(
                        "prompt",
                        ids,
                        "text",
                        text,
                        "ids",
                        answer.ids(),
                        "logprobs",
                        answer.tokens().stream().map(Listener.Token::logprob).toList()));
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
