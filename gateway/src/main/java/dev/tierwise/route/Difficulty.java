package dev.tierwise.route;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Prompt;
import java.util.ArrayList;
import java.util.List;

/// How hard a prompt looks, 0 (a small model will do) to 1, as a plain sum of named signals, so
/// that every decision can be read and argued with. The weights are set by hand, not learned.
///
/// @param score the sum, held to 0..1
/// @param signals what added to it
public record Difficulty(double score, List<Signal> signals) {
    private static final double BASE = 0.30;

    /// That of a prompt whose model somebody has named: nobody asked.
    static final Difficulty UNASKED = new Difficulty(0, List.of());

    public Difficulty {
        signals = List.copyOf(signals);
    }

    /// One reason to think a prompt hard (above 0) or easy (below).
    ///
    /// @param name what was seen
    /// @param weight what it adds
    public record Signal(String name, double weight) {}

    /// Looks at one prompt. Microseconds; no allocation that grows with the prompt.
    public static Difficulty of(Prompt prompt) {
        var signals = new ArrayList<Signal>(8);
        signals.add(new Signal("base", BASE));
        size(prompt, signals);
        cues(prompt, signals);
        shape(prompt, signals);
        double sum = 0;
        for (Signal signal : signals) {
            sum += signal.weight();
        }
        return new Difficulty(Math.clamp(sum, 0, 1), signals);
    }

    private static void size(Prompt prompt, List<Signal> signals) {
        long tokens = prompt.estimatedTokens();
        if (tokens > 12_000) {
            signals.add(new Signal("prompt-over-12k-tokens", 0.25));
        } else if (tokens > 3_000) {
            signals.add(new Signal("prompt-over-3k-tokens", 0.10));
        }
        if (prompt.maxOutput() >= 2_000) {
            signals.add(new Signal("long-answer-wanted", 0.10));
        } else if (prompt.maxOutput() > 0 && prompt.maxOutput() <= 64) {
            signals.add(new Signal("short-answer-wanted", -0.15));
        }
    }

    private static void cues(Prompt prompt, List<Signal> signals) {
        int[] counts = new int[Cues.KINDS];
        Prompt.Message lastUser = null;
        for (Prompt.Message message : prompt.messages()) {
            if (message.role().equals("user")) {
                lastUser = message;
            } else if (message.role().equals("system") || message.role().equals("developer")) {
                count(message, counts);
            }
        }
        if (lastUser != null) {
            count(lastUser, counts);
        }
        cue(signals, "code", counts[Cues.CODE], 0.12, 0.30);
        cue(signals, "maths", counts[Cues.MATHS], 0.15, 0.35);
        cue(signals, "multi-step", counts[Cues.DEEP], 0.10, 0.30);
        cue(signals, "narrow-task", counts[Cues.NARROW], -0.12, -0.30);
    }

    private static void count(Prompt.Message message, int[] counts) {
        for (Prompt.Content content : message.content()) {
            if (content instanceof Prompt.Content.Text(String text)) {
                Cues.count(text, counts);
            }
        }
    }

    /// Cues weigh less the more there are: one names the subject, the fifth only repeats it.
    private static void cue(
            List<Signal> signals, String name, int count, double first, double most) {
        if (count > 0) {
            double weight = first * Math.sqrt(count);
            signals.add(
                    new Signal(name, most > 0 ? Math.min(weight, most) : Math.max(weight, most)));
        }
    }

    private static void shape(Prompt prompt, List<Signal> signals) {
        if (prompt.tools() > 8) {
            signals.add(new Signal("many-tools", 0.25));
        } else if (prompt.tools() > 0) {
            signals.add(new Signal("tools", 0.10));
        }
        if (prompt.needs().contains(Capability.JSON_SCHEMA)) {
            signals.add(new Signal("schema-held-answer", -0.10));
        }
        if (prompt.messages().size() > 16) {
            signals.add(new Signal("long-conversation", 0.10));
        }
    }
}
