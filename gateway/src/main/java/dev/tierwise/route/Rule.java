package dev.tierwise.route;

import dev.tierwise.core.Tier;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A declared rule: where all conditions hold, its use does. Rules stand above every prediction.
///
/// @param number place in the configuration, from 1
/// @param task the task's name; null holds for all
/// @param key the key's name; null holds for all
/// @param model pattern of the model asked for, `*` for anything; null holds for all
/// @param headers request headers and their exact values
/// @param use what to do
public record Rule(
        int number,
        @Nullable String task,
        @Nullable String key,
        @Nullable String model,
        Map<String, String> headers,
        Use use) {
    public Rule {
        headers = Map.copyOf(headers);
    }

    /// What a rule makes happen; exactly one of the three is set.
    ///
    /// @param tier answer from this tier only
    /// @param model answer from this model only
    /// @param maxTier climb no higher
    public record Use(@Nullable Tier tier, @Nullable String model, @Nullable Tier maxTier) {}

    boolean matches(Ask ask) {
        return (task == null || task.equals(ask.caller().task()))
                && (key == null || key.equals(ask.caller().key()))
                && (model == null || fits(model, ask.clearance().prompt().model()))
                && headersMatch(ask.header());
    }

    private boolean headersMatch(Function<String, @Nullable String> header) {
        for (Map.Entry<String, String> wanted : headers.entrySet()) {
            if (!wanted.getValue().equals(header.apply(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /// Whether `text` fits `pattern`, in which `*` stands for any characters.
    static boolean fits(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
