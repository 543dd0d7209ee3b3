package dev.tierwise.engine.run;

import dev.tierwise.engine.chat.ChatTemplate;
import dev.tierwise.engine.chat.Limits;
import dev.tierwise.engine.chat.Rendering;
import dev.tierwise.engine.chat.Value;
import dev.tierwise.engine.gguf.Metadata;
import dev.tierwise.engine.token.Tokenizer;
import dev.tierwise.engine.token.Trust;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes prompts of conversations, by the template that came with the model. Nothing that a message
/// says can end its turn or begin another.
final class Conversations {
    private static final String KEY = "tokenizer.chat_template";

    private final Tokenizer tokenizer;
    private final ChatTemplate.Reading template;

    Conversations(Metadata metadata, Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.template =
                metadata.text(KEY)
                        .map(text -> ChatTemplate.read(text, Limits.USUAL))
                        .orElse(
                                new ChatTemplate.Reading.Refused(
                                        1, "the file has none (`" + KEY + "`)"));
    }

    Engine.Prompted prompt(List<Map<String, Object>> messages, Clock clock) {
        return switch (template) {
            case ChatTemplate.Reading.Refused(int line, String problem) ->
                    new Engine.Prompted.Refused(
                            "The model's chat template cannot be used: "
                                    + problem
                                    + " (line "
                                    + line
                                    + ").");
            case ChatTemplate.Reading.Ready(ChatTemplate ready) -> render(ready, messages, clock);
        };
    }

    private Engine.Prompted render(
            ChatTemplate ready, List<Map<String, Object>> messages, Clock clock) {
        Map<String, Value> names = new HashMap<>();
        names.put("messages", Value.of(messages));
        names.put("add_generation_prompt", Value.of(true));
        tokenizer.bos().ifPresent(id -> names.put("bos_token", Value.trusted(tokenizer.name(id))));
        tokenizer.eos().ifPresent(id -> names.put("eos_token", Value.trusted(tokenizer.name(id))));
        return switch (ready.render(names, clock)) {
            case Rendering.Raised(String message) ->
                    new Engine.Prompted.Refused("The model's chat template says: " + message);
            case Rendering.Refused(int line, String problem) ->
                    new Engine.Prompted.Refused(
                            "The model's chat template does not take this conversation: "
                                    + problem
                                    + " (line "
                                    + line
                                    + ").");
            case Rendering.Rendered rendered -> {
                int[] tokens = tokenizer.encode(rendered.text(), Trust.except(rendered.bounds()));
                yield new Engine.Prompted.Ready(Tokens.of(tokenizer.prompt(tokens)));
            }
        };
    }
}
