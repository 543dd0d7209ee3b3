package dev.tierwise.veil;

import dev.tierwise.core.Body;
import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Family;
import dev.tierwise.detect.Finding;
import dev.tierwise.detect.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Stands between one request and a model that may not see whom it is about: every identifier and
/// secret that the detector finds in it is replaced by a token such as `PERSON_7K2QXA9M`, and the
/// tokens in the answer are replaced back. Tokens are made anew for each request and cannot be
/// guessed. What is not found is not replaced: this lessens what is disclosed, and data under
/// pseudonyms remain personal data (GDPR art. 4(5)). Thread-safe.
public final class Veil {
    /// What a detector takes for no part of any identifier.
    private static final char HIDDEN = '\u2588';

    /// What is left after so many looks is too tangled to be replaced.
    private static final int MOST_LOOKS = 5;

    private final Vault vault;

    private Veil(Vault vault) {
        this.vault = vault;
    }

    /// What came of drawing a veil over a request.
    public sealed interface Drawn {
        /// It is drawn.
        ///
        /// @param veil opens the answer
        /// @param body the request's JSON with tokens in it
        record Over(Veil veil, Body body) implements Drawn {}

        /// It cannot be: the request must not leave.
        ///
        /// @param why in words for its sender, without any of his
        record Refused(String why) implements Drawn {}
    }

    /// Draws a veil over one request.
    ///
    /// @param json the request's body
    /// @param detector finds what is to be replaced
    /// @param life how long the answer can be opened
    public static Drawn over(byte[] json, Detector detector, Duration life) {
        String text = new String(json, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), json)) {
            return new Drawn.Refused("it is not UTF-8");
        }
        var vault = new Vault(text, life);
        var drawing = new Drawing(vault, detector);
        try {
            String veiled = new Rewriting(drawing).of(text);
            if (drawing.refusal != null) {
                vault.close();
                return new Drawn.Refused(drawing.refusal);
            }
            return new Drawn.Over(
                    new Veil(vault), new Body(veiled.getBytes(StandardCharsets.UTF_8)));
        } catch (JacksonException _) {
            vault.close();
            return new Drawn.Refused("it is not JSON to its end");
        }
    }

    /// One drawing under way.
    private static final class Drawing implements Rewriting.Edit {
        private final Vault vault;
        private final Detector detector;
        private @Nullable String refusal;

        Drawing(Vault vault, Detector detector) {
            this.vault = vault;
            this.detector = detector;
        }

        @Override
        public @Nullable String of(Rewriting.Leaf leaf) {
            if (refusal != null || isModel(leaf)) {
                return null;
            }
            String text = leaf.text();
            char[] left = text.toCharArray();
            Kind[] kinds = new Kind[left.length];
            if (!hide(left, kinds, leaf)) {
                refusal = "what was found in it overlaps in too many ways";
                return null;
            }
            String veiled = replaced(text, left, kinds);
            if (veiled != null && leaf.wraps() == 0 && leaf.role() != Rewriting.Role.STRING) {
                refusal =
                        leaf.role() == Rewriting.Role.NUMBER
                                ? "an identifier stands in it as a number"
                                : "an identifier stands in the name of a field";
                return null;
            }
            return veiled;
        }

        /// The client's word for the model never leaves: the upstream's own is put in its place.
        private static boolean isModel(Rewriting.Leaf leaf) {
            return leaf.wraps() == 0 && leaf.field().equals("model");
        }

        /// Hides one layer of findings after the other, until nothing is found.
        private boolean hide(char[] left, @Nullable Kind[] kinds, Rewriting.Leaf leaf) {
            for (int look = 0; look < MOST_LOOKS; look++) {
                boolean more = false;
                for (Finding finding : detector.scan(new String(left), leaf.field())) {
                    more |= hides(finding.kind()) && hide(left, kinds, finding);
                }
                if (!more) {
                    return true;
                }
            }
            return false;
        }

        private static boolean hide(char[] left, @Nullable Kind[] kinds, Finding finding) {
            boolean more = false;
            for (int i = finding.start(); i < finding.end(); i++) {
                if (left[i] != HIDDEN) {
                    left[i] = HIDDEN;
                    kinds[i] = finding.kind();
                    more = true;
                }
            }
            return more;
        }

        private @Nullable String replaced(String text, char[] left, @Nullable Kind[] kinds) {
            StringBuilder out = null;
            int at = 0;
            while (at < left.length) {
                Kind kind = kinds[at];
                if (kind == null) {
                    if (out != null) {
                        out.append(text.charAt(at));
                    }
                    at++;
                    continue;
                }
                int end = at;
                while (end < left.length && kinds[end] == kind) {
                    end++;
                }
                out = out == null ? new StringBuilder(text.substring(0, at)) : out;
                out.append(vault.token(text.substring(at, end), kind));
                at = end;
            }
            return out == null ? null : out.toString();
        }
    }

    /// Whether what is found of this kind must not be seen beyond the veil. Words of health alone
    /// point at nobody.
    public static boolean hides(Kind kind) {
        return kind.identifies() || kind.family() == Family.SECRET;
    }

    /// The body with every token made invisible to a detector, so that a scan tells what else is in
    /// it.
    public byte[] masked(Body body) {
        String text = new String(body.bytes(), StandardCharsets.UTF_8);
        for (String token : vault.tokens()) {
            text = text.replace(token, String.valueOf(HIDDEN).repeat(token.length()));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// How many different texts it hides.
    public int size() {
        return vault.tokens().size();
    }

    /// Puts the texts back into a whole answer, also in the JSON of tool calls. What is no token of
    /// this veil stays as it is.
    ///
    /// @param json the answer's body
    public Body lift(Body json) {
        String text = new String(json.bytes(), StandardCharsets.UTF_8);
        var lifting = new Lifting(vault);
        Rewriting.Edit edit =
                leaf -> {
                    String lifted =
                            leaf.field().equals("arguments") && leaf.text().startsWith("{")
                                    ? lifting.lift(leaf.text(), Rewriting::escaped)
                                    : lifting.lift(leaf.text(), it -> it);
                    return lifted.equals(leaf.text()) ? null : lifted;
                };
        try {
            return new Body(new Rewriting(edit).of(text).getBytes(StandardCharsets.UTF_8));
        } catch (JacksonException _) {
            return json;
        }
    }

    /// Puts the texts back into the pieces of one streamed text.
    ///
    /// @param json whether the text is JSON, where a quotation mark has to be escaped
    public Lifting pieces(boolean json) {
        return new Lifting(vault, json);
    }

    /// Its tokens.
    Set<String> tokens() {
        return vault.tokens();
    }

    /// Forgets what the tokens stand for.
    public void close() {
        vault.close();
    }

    @Override
    public String toString() {
        return "Veil[" + size() + " tokens]";
    }
}
