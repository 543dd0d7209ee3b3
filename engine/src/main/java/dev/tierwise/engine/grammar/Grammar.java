package dev.tierwise.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What an answer may look like. Immutable; a [Matcher] follows it for one answer.
public final class Grammar {
    private final Rules rules;
    private final int root;

    private Grammar(Rules rules, int root) {
        this.rules = rules;
        this.root = root;
    }

    /// What became of a description.
    public sealed interface Made {
        /// It can be followed.
        ///
        /// @param grammar of it
        record Ready(Grammar grammar) implements Made {}

        /// It cannot.
        ///
        /// @param message what is wrong or not known
        /// @param where the place in the description, as far as it is known
        record Refused(String message, String where) implements Made {}
    }

    private interface Reader {
        int read(Rules rules);
    }

    private static Made make(Reader reader) {
        var rules = new Rules();
        try {
            int root = rules.group(List.of(reader.read(rules)));
            int whole = rules.any(List.of(List.of(root)));
            var grammar = new Grammar(rules, whole);
            new Automaton(rules, whole);
            return new Made.Ready(grammar);
        } catch (Rules.Unfit unfit) {
            return new Made.Refused(unfit.problem(), unfit.where());
        } catch (StackOverflowError _) {
            return new Made.Refused("it is nested too deeply", "");
        }
    }

    /// JSON that a schema describes (JSON Schema 2020-12, the part that model APIs use). A keyword
    /// that restricts and is not known is refused.
    public static Made ofSchema(JsonNode schema) {
        return make(rules -> new SchemaReader(rules, schema).read());
    }

    /// Any JSON object.
    public static Made ofJson() {
        return make(rules -> new JsonRules(rules).object());
    }

    /// Text that a regular expression matches as a whole.
    public static Made ofRegex(String expression) {
        return make(rules -> new RegexReader(rules, expression, false).read());
    }

    /// A grammar in llama.cpp's notation (`grammars/README.md` of llama.cpp); its rule `root` is
    /// the whole answer.
    public static Made ofGbnf(String text) {
        return make(rules -> new GbnfReader(rules, text).read());
    }

    /// One of some texts.
    public static Made ofChoices(List<String> texts) {
        return make(rules -> {
            if (texts.isEmpty() || texts.contains("")) {
                throw new Rules.Unfit("there is no choice, or an empty one", "");
            }
            var rows = new ArrayList<List<Integer>>();
            texts.forEach(text -> rows.add(rules.text(text)));
            return rules.any(rows);
        });
    }

    /// Follows it for one answer.
    public Matcher matcher(TokenTrie tokens) {
        return new Matcher(new Automaton(rules, root), tokens);
    }
}
