package dev.tierwise.predict;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Prompt;

/// Looks at prompts. One pass over at most [#WINDOW] characters of what the user last said; of
/// longer texts both ends, for instructions stand at the ends and pasted material in the middle.
public final class Eye {
    /// The most characters that are looked at.
    public static final int WINDOW = 8_000;

    /// A message shorter than this leans on the one before.
    private static final int FOLLOW_UP = 60;

    private Eye() {}

    /// What is seen of a text that is the whole prompt.
    public static Sight see(String text) {
        Sight sight = read(text, "", "");
        sight.shape()[Shape.TURNS.place()] = Math.log(2);
        sight.shape()[Shape.CONTEXT.place()] = Math.log1p(text.length());
        return sight;
    }

    /// What is seen of a prompt: the words of its last user message, joined with the one before
    /// where it is short, and the shape of the whole.
    public static Sight see(Prompt prompt) {
        String last = "";
        String before = "";
        String system = "";
        long characters = 0;
        int media = 0;
        int turns = 0;
        for (Prompt.Message message : prompt.messages()) {
            boolean user = message.role().equals("user");
            turns += user ? 1 : 0;
            for (Prompt.Content content : message.content()) {
                switch (content) {
                    case Prompt.Content.Text(String text) -> {
                        characters += text.length();
                        if (user) {
                            before = last;
                            last = text;
                        } else if (instructs(message.role())) {
                            system = text;
                        }
                    }
                    case Prompt.Content.Media _ -> media++;
                }
            }
        }
        Sight sight = read(last, last.length() < FOLLOW_UP ? before : "", system);
        double[] shape = sight.shape();
        shape[Shape.TURNS.place()] = Math.log1p(turns);
        shape[Shape.CONTEXT.place()] = Math.log1p((double) characters);
        shape[Shape.TOOLS.place()] = Math.log1p(prompt.tools());
        shape[Shape.SCHEMA.place()] = prompt.needs().contains(Capability.JSON_SCHEMA) ? 1 : 0;
        shape[Shape.MEDIA.place()] = Math.log1p(media);
        shape[Shape.ANSWER_LIMIT.place()] =
                prompt.maxOutput() > 0 ? Math.log1p((double) prompt.maxOutput()) : 0;
        return sight;
    }

    private static boolean instructs(String role) {
        return role.equals("system") || role.equals("developer");
    }

    private static Sight read(String text, String before, String system) {
        var reader = new Reader(Math.min(WINDOW, text.length() + before.length()));
        reader.hint(system, Math.min(system.length(), WINDOW / 8));
        if (!before.isEmpty()) {
            reader.read(before, Math.min(before.length(), WINDOW / 4));
        }
        if (text.length() <= WINDOW) {
            reader.read(text, text.length());
        } else {
            reader.read(text, WINDOW / 2);
            reader.read(text.substring(text.length() - WINDOW / 2), WINDOW / 2);
        }
        return reader.sight(text.length());
    }
}
