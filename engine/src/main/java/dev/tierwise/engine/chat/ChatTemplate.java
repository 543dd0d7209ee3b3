package dev.tierwise.engine.chat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A template as models carry it in `tokenizer.chat_template`: the part of Jinja that they use,
/// with the settings of Hugging Face's `transformers`. What it does not know it refuses when it is
/// read; where a method or argument shows only later, it refuses then.
///
/// A rendering tells which characters of the prompt came from outside, so that none of them is
/// taken for a control token. Immutable, for any number of threads.
public final class ChatTemplate {
    private static final int MOST_CHARACTERS = 1 << 20;

    private final List<Node.Statement> body;
    private final Limits limits;

    private ChatTemplate(List<Node.Statement> body, Limits limits) {
        this.body = body;
        this.limits = limits;
    }

    /// Reads a template.
    public static Reading read(String template, Limits limits) {
        if (template.length() > MOST_CHARACTERS) {
            return new Reading.Refused(1, "longer than " + MOST_CHARACTERS + " characters");
        }
        try {
            return new Reading.Ready(new ChatTemplate(Parser.parse(template), limits));
        } catch (Trouble e) {
            return new Reading.Refused(Math.max(1, e.line()), e.problem());
        }
    }

    /// Renders with these names set. Templates expect `messages` and `add_generation_prompt`,
    /// mostly `bos_token` and `eos_token` ([Value#trusted]), and where there are tools `tools`; a
    /// name that is not given is undefined, which `none` is not.
    ///
    /// @param clock what `strftime_now` reads, with its zone
    public Rendering render(Map<String, Value> names, Clock clock) {
        var meter = new Meter(limits);
        var scope = new Scope(new Scope(null, Functions.all(meter, clock)), names);
        try {
            var text = new Renderer(limits, meter).render(body, scope);
            var ranges = new ArrayList<Rendering.Range>();
            var bounds = text.foreign();
            for (var i = 0; i < bounds.length; i += 2) {
                ranges.add(new Rendering.Range(bounds[i], bounds[i + 1]));
            }
            return new Rendering.Rendered(text.value(), ranges);
        } catch (Trouble e) {
            return e.isRaised()
                    ? new Rendering.Raised(e.problem())
                    : new Rendering.Refused(Math.max(1, e.line()), e.problem());
        }
    }

    /// What became of a template's text.
    public sealed interface Reading {

        /// It can be rendered.
        ///
        /// @param template read
        record Ready(ChatTemplate template) implements Reading {}

        /// It is broken, or uses what is not known.
        ///
        /// @param line of the template, counted from 1
        /// @param problem what is wrong there
        record Refused(int line, String problem) implements Reading {}
    }
}
