package dev.tierwise.wire.openai;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Makes valid chat requests of every shape, with odd spacing, spelling and unknown fields.
final class RandomChat {
    private final Random random;

    RandomChat(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        List<String> fields = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            fields.add("\"model\"" + gap() + ":" + gap() + string());
        }
        fields.add("\"messages\":" + gap() + messages());
        if (random.nextBoolean()) {
            fields.add("\"stream\": " + random.nextBoolean());
        }
        if (random.nextInt(3) == 0) {
            String[] options = {
                "{}",
                "{ }",
                "null",
                "{\"include_usage\":true}",
                "{\"include_usage\":false}",
                "{\"x\":1}",
                "{\"include_obfuscation\" : false , \"y\":[]}"
            };
            fields.add("\"stream_options\":" + options[random.nextInt(options.length)]);
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.add("\"unknown_" + i + "\"" + gap() + ":" + value(0));
        }
        Collections.shuffle(fields, random);
        return gap() + "{" + gap() + String.join(gap() + "," + gap(), fields) + gap() + "}" + gap();
    }

    private String messages() {
        var messages = new ArrayList<String>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String content =
                    switch (random.nextInt(4)) {
                        case 0 -> "null";
                        case 1 ->
                                "[{\"type\":\"text\",\"text\":"
                                        + string()
                                        + "},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x,AAAA\"}}]";
                        default -> string();
                    };
            messages.add("{\"role\":\"user\",\"content\":" + content + gap() + "}");
        }
        return "[" + String.join(",", messages) + "]";
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> "1.50";
            case 1 -> "1e+05";
            case 2 -> "true";
            case 3 -> "null";
            case 4 -> string();
            case 5 -> "[" + gap() + value(depth + 1) + "," + value(depth + 1) + "]";
            default -> "{\"a\":" + value(depth + 1) + gap() + ",\"b\":" + value(depth + 1) + "}";
        };
    }

    private String string() {
        String[] pieces = {
            "a", "Z", " ", "\\\"", "\\\\", "\\n", "ü", "€", "😀", "\\u00e9", "model", "/"
        };
        var text = new StringBuilder("\"");
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.append('"').toString();
    }

    private String gap() {
        String[] gaps = {"", "", "", " ", "\n", "\t ", "\r\n"};
        return gaps[random.nextInt(gaps.length)];
    }
}
