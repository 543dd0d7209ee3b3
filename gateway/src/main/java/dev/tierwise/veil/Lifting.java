package dev.tierwise.veil;

import java.util.Set;
import java.util.function.UnaryOperator;

/// Puts texts back for their tokens while an answer comes in pieces. A piece's end that may be the
/// beginning of a token is held back until more is known, so never more than a token is. For one
/// text and one thread.
public final class Lifting {
    private final Vault vault;
    private final Set<String> tokens;
    private final UnaryOperator<String> written;
    private String held = "";

    Lifting(Vault vault) {
        this(vault, false);
    }

    Lifting(Vault vault, boolean json) {
        this.vault = vault;
        this.tokens = vault.tokens();
        this.written = json ? Rewriting::escaped : UnaryOperator.identity();
    }

    /// Takes the next piece and gives what can be shown by now; perhaps nothing.
    public String feed(String piece) {
        String text = held + piece;
        var out = new StringBuilder();
        int copied = lift(text, written, out);
        int sure = text.length() - open(text, copied);
        held = text.substring(sure);
        return out.append(text, copied, sure).toString();
    }

    /// What is left when no more comes.
    public String end() {
        String rest = held;
        held = "";
        return rest;
    }

    /// How many characters at the end, from `from` on, may be the beginning of a token.
    private int open(String text, int from) {
        int most = 0;
        for (String token : tokens) {
            int length = Math.min(token.length() - 1, text.length() - from);
            while (length > most
                    && !text.startsWith(token.substring(0, length), text.length() - length)) {
                length--;
            }
            most = Math.max(most, length);
        }
        return most;
    }

    /// The text with every token exchanged. What comes out is not looked at again.
    String lift(String text, UnaryOperator<String> escape) {
        var out = new StringBuilder();
        int copied = lift(text, escape, out);
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    /// Writes the text up to the end of its last token, with every token exchanged.
    ///
    /// @return how much of the text was written
    private int lift(String text, UnaryOperator<String> escape, StringBuilder out) {
        int copied = 0;
        for (int mark = text.indexOf('_'); mark >= 0; mark = text.indexOf('_', mark + 1)) {
            for (String token : tokens) {
                int start = mark - token.lastIndexOf('_');
                String original =
                        start >= copied && text.startsWith(token, start) ? vault.open(token) : null;
                if (original != null) {
                    out.append(text, copied, start).append(escape.apply(original));
                    copied = start + token.length();
                    break;
                }
            }
        }
        return copied;
    }
}
