package dev.tierwise.engine.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the reference libraries made of text; `src/test/python/tokens.py` recorded it.
final class Recorded {
    private static final JsonMapper JSON = new JsonMapper();

    private Recorded() {}

    static JsonNode read(String name) {
        try (var in = Recorded.class.getResourceAsStream("/token/" + name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> strings() {
        return texts(read("strings.json"));
    }

    static Tokenizer byteLevel(String pre) {
        return ready(byteLevelVocabulary("gpt2", pre));
    }

    static Vocabulary byteLevelVocabulary(String model, String pre) {
        var file = read("byte-level.json");
        return new Vocabulary(
                model,
                pre,
                texts(file.get("tokens")),
                List.of(),
                numbers(file.get("types")),
                texts(file.get("merges")),
                marks(true));
    }

    static Tokenizer scored(String name, boolean prefix) {
        return ready(scoredVocabulary(name, prefix));
    }

    static Vocabulary scoredVocabulary(String name, boolean prefix) {
        var file = read(name + ".json");
        var scores = new ArrayList<Float>();
        file.get("scores").forEach(score -> scores.add(score.floatValue()));
        return new Vocabulary(
                "llama",
                "",
                texts(file.get("tokens")),
                scores,
                numbers(file.get("types")),
                List.of(),
                new Vocabulary.Marks(1, 2, -1, 0, -1, true, null, prefix, false));
    }

    static Vocabulary.Marks marks(boolean addBos) {
        return new Vocabulary.Marks(-1, -1, -1, -1, -1, addBos, null, null, false);
    }

    static Tokenizer ready(Vocabulary vocabulary) {
        return switch (Tokenizer.of(vocabulary)) {
            case Made.Ready ready -> ready.tokenizer();
            case Made.Refused refused -> throw new AssertionError(refused);
        };
    }

    static int[] ints(JsonNode node) {
        var ints = new int[node.size()];
        for (var i = 0; i < ints.length; i++) {
            ints[i] = node.get(i).intValue();
        }
        return ints;
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        node.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    private static List<Integer> numbers(JsonNode node) {
        var numbers = new ArrayList<Integer>();
        node.forEach(number -> numbers.add(number.intValue()));
        return numbers;
    }
}
