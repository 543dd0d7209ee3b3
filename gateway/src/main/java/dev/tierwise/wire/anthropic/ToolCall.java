package dev.tierwise.wire.anthropic;

/// A call that is being said, and how far its arguments have come: they are whole where the object
/// that they are has been closed. Takes constant time for each character.
final class ToolCall {
    final int index;
    final String id;
    final StringBuilder name = new StringBuilder();
    boolean opened;
    private final StringBuilder unsaid = new StringBuilder();
    private int depth;
    private boolean object;
    private boolean text;
    private boolean escaped;
    private boolean any;
    private boolean ended;
    private boolean spoilt;

    /// @param index the place that the model gives it
    /// @param id empty where the model gives none
    ToolCall(int index, String id) {
        this.index = index;
        this.id = id;
    }

    void add(String arguments) {
        unsaid.append(arguments);
        for (int i = 0; i < arguments.length(); i++) {
            see(arguments.charAt(i));
        }
    }

    private void see(char c) {
        boolean space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (space && !text) {
            return;
        }
        spoilt |= ended;
        if (!any) {
            any = true;
            object = c == '{';
        }
        if (escaped) {
            escaped = false;
        } else if (text) {
            escaped = c == '\\';
            text = c != '"';
        } else if (c == '"') {
            text = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
            ended = depth == 0;
        }
    }

    /// Whether no argument has come.
    boolean blank() {
        return !any;
    }

    /// Whether the arguments are one object from its first brace to its last.
    boolean whole() {
        return object && ended && !spoilt;
    }

    /// The characters that were not taken yet.
    String take() {
        String all = unsaid.toString();
        unsaid.setLength(0);
        return all;
    }
}
