package dev.tierwise.engine.demo;

import dev.tierwise.engine.grammar.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an answer to a message may look like: one of the labels, or fields whose values stand in
/// the message, word for word. So small a model slips while it copies rare names; held to the
/// message it cannot.
public final class Form {
    private static final int LONGEST = 4_000;
    private static final String OPENING = "#(\"'[<*:/=";
    private static final String CLOSING = ".,;:!?)\"']>*";

    private final String text;
    private final StringBuilder rules = new StringBuilder();

    private Form(String text) {
        this.text = text;
    }

    /// The grammar of answers to `message`; none where the message is longer than a few thousand
    /// characters, which is nothing that the model has learned.
    public static Optional<Grammar> of(String message) {
        if (message.length() > LONGEST) {
            return Optional.empty();
        }
        return switch (Grammar.ofGbnf(new Form(message).gbnf())) {
            case Grammar.Made.Ready(Grammar grammar) -> Optional.of(grammar);
            case Grammar.Made.Refused _ -> Optional.empty();
        };
    }

    /// The same in llama.cpp's notation.
    String gbnf() {
        String labels = words(Gate.KINDS.subList(0, 6));
        String feelings = words(Gate.KINDS.subList(6, Gate.EXTRACT));
        rules.append("root ::= label | feeling | fields\n");
        rules.append("label ::= ").append(literal("{\"label\":\""));
        rules.append(" (").append(labels).append(" | \"unknown\") ").append(literal("\"}"));
        rules.append("\nfeeling ::= ").append(literal("{\"sentiment\":\""));
        rules.append(" (").append(feelings).append(") ").append(literal("\"}"));
        rules.append("\nfields ::= ").append(literal("{\"name\":")).append(" value ");
        rules.append(literal(",\"order\":")).append(" value ");
        rules.append(literal(",\"amount\":")).append(" value ").append(literal("}"));
        List<String> starts = quotes();
        rules.append("\nvalue ::= \"null\"");
        if (!starts.isEmpty()) {
            rules.append(" | ").append(literal("\"")).append(" (");
            rules.append(String.join(" | ", starts)).append(") ").append(literal("\""));
        }
        return rules.append('\n').toString();
    }

    private static String words(List<String> words) {
        return words.stream().map(Form::literal).collect(Collectors.joining(" | "));
    }

    /// Rules for all that can be quoted: from the beginning of a word to the end of a later one.
    /// The rule `e7` goes on from the seventh end, or not.
    private List<String> quotes() {
        var ends = new ArrayList<Integer>();
        for (int i = 1; i <= text.length(); i++) {
            if (isEnd(i)) {
                ends.add(i);
            }
        }
        var starts = new ArrayList<String>();
        var head = new StringBuilder();
        for (int i = 0, end = 0; i < text.length() && !ends.isEmpty(); i++) {
            while (end < ends.size() && ends.get(end) <= i) {
                end++;
            }
            if (end < ends.size() && isStart(i) && plain(i, ends.get(end))) {
                String first = literal(text.substring(i, ends.get(end)));
                starts.add("s" + i);
                head.append("\ns").append(i).append(" ::= ").append(first).append(" e").append(end);
            }
        }
        for (int k = 0; k < ends.size() && !starts.isEmpty(); k++) {
            head.append("\ne").append(k).append(" ::= \"\"");
            if (k + 1 < ends.size() && plain(ends.get(k), ends.get(k + 1))) {
                String next = literal(text.substring(ends.get(k), ends.get(k + 1)));
                head.append(" | ").append(next).append(" e").append(k + 1);
            }
        }
        rules.append(head);
        return starts;
    }

    private boolean isStart(int at) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || OPENING.indexOf(c) >= 0) {
            return false;
        }
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        return Character.isWhitespace(before) || OPENING.indexOf(before) >= 0;
    }

    /// Whether a word ends before `at`: blanks follow, or closing punctuation and then blanks.
    private boolean isEnd(int at) {
        char last = text.charAt(at - 1);
        if (Character.isWhitespace(last) || CLOSING.indexOf(last) >= 0) {
            return false;
        }
        int next = at;
        while (next < text.length() && CLOSING.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        boolean owner = text.startsWith("'s", at);
        return owner || next == text.length() || Character.isWhitespace(text.charAt(next));
    }

    /// Whether a part of the message can stand in a JSON text as it is.
    private boolean plain(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
