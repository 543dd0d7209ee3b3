package dev.tierwise.bench.relay;

import java.nio.charset.StandardCharsets;

/// Exchanges the value of the top-level field `model` in a JSON object and leaves every other byte
/// as it was. Walks the whole object once, builds no tree.
public final class ModelSplice {
    private static final byte[] KEY = "\"model\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private int at;
    private int from = -1;
    private int to = -1;

    private ModelSplice(byte[] json) {
        this.json = json;
    }

    /// A copy of the object with another model in it.
    ///
    /// @param json one JSON object with exactly one `model` on its top level
    /// @param model the new value, without quotes and without characters that need escaping
    /// @throws IllegalArgumentException when the object is broken, or has no or two models
    public static byte[] replace(byte[] json, String model) {
        var splice = new ModelSplice(json);
        try {
            splice.walk();
        } catch (ArrayIndexOutOfBoundsException _) {
            throw new IllegalArgumentException("JSON ends too early");
        }
        if (splice.from < 0) {
            throw new IllegalArgumentException("no field \"model\"");
        }
        byte[] value = ('"' + model + '"').getBytes(StandardCharsets.UTF_8);
        int tail = json.length - splice.to;
        byte[] out = new byte[splice.from + value.length + tail];
        System.arraycopy(json, 0, out, 0, splice.from);
        System.arraycopy(value, 0, out, splice.from, value.length);
        System.arraycopy(json, splice.to, out, splice.from + value.length, tail);
        return out;
    }

    private void walk() {
        skipSpace();
        expect('{');
        skipSpace();
        while (json[at] != '}') {
            int key = at;
            skipString();
            boolean model = isModel(key);
            skipSpace();
            expect(':');
            skipSpace();
            int value = at;
            skipValue();
            if (model) {
                remember(value);
            }
            skipSpace();
            if (json[at] == ',') {
                at++;
                skipSpace();
            } else if (json[at] != '}') {
                throw new IllegalArgumentException("no comma at byte " + at);
            }
        }
    }

    private void remember(int value) {
        if (from >= 0) {
            throw new IllegalArgumentException("two fields \"model\"");
        }
        from = value;
        to = at;
    }

    private boolean isModel(int key) {
        if (at - key != KEY.length) {
            return false;
        }
        for (int i = 0; i < KEY.length; i++) {
            if (json[key + i] != KEY[i]) {
                return false;
            }
        }
        return true;
    }

    private void skipValue() {
        switch (json[at]) {
            case '"' -> skipString();
            case '{', '[' -> skipNested();
            default -> skipWord();
        }
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (json[at]) {
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    private void skipString() {
        expect('"');
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipWord() {
        while (json[at] > ' ' && json[at] != ',' && json[at] != '}' && json[at] != ']') {
            at++;
        }
    }

    private void skipSpace() {
        while (json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (json[at] != wanted) {
            throw new IllegalArgumentException("no " + wanted + " at byte " + at);
        }
        at++;
    }
}
