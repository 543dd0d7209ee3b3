package dev.tierwise.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.engine.gguf.TensorType;
import dev.tierwise.engine.math.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the engine to what llama.cpp made of the same files: `src/test/golden/record` recorded its
/// logprobs of sixteen tokens, each the likeliest one after those before it.
class GoldenTest {
    @TempDir private Path folder;

    static final List<String> NAMES = RandomModel.NAMES;

    /// How far logprobs are from each other.
    ///
    /// @param worst the farthest
    /// @param mean of all
    private record Distance(double worst, double mean) {}

    @ParameterizedTest
    @FieldSource("NAMES")
    void chancesAreThoseOfLlamaCpp(String name) throws IOException {
        // llama.cpp looks GELU up in a table of 16-bit numbers; with the same table in the engine
        // Gemma's figures agree to .0006
        double tolerance = name.startsWith("gemma") ? .005 : .0001;

        Distance distance = distance(name, TensorType.F32, name, "full", false);

        assertThat(distance.worst()).isLessThan(tolerance);
        assertThat(distance.mean()).isLessThan(tolerance / 4);
    }

    @ParameterizedTest
    @CsvSource({"F16", "BF16"})
    void shorterNumbersAreReckonedWithInFull(TensorType type) throws IOException {
        Distance distance = distance("llama", type, "llama-" + type, "full", false);

        assertThat(distance.worst()).isLessThan(.0001);
    }

    @ParameterizedTest
    @CsvSource({"Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K"})
    void roundingCostsNoMoreThanItCostsLlamaCpp(TensorType type) throws IOException {
        Distance theirs = distance(golden("llama-" + type));

        Distance ours = distance("llama", type, "llama-" + type, "full", false);

        assertThat(ours.mean()).isLessThan(1.3 * theirs.mean());
        assertThat(ours.worst()).isLessThan(2 * theirs.worst());
    }

    @Test
    void adapterGivesWhatLlamaCppGives() throws IOException {
        Distance distance = distance("llama", TensorType.F32, "llama.adapter", "full", true);

        assertThat(distance.worst()).isLessThan(.0001);
    }

    @Test
    void adapterGivesWhatItsWeightsAddedToTheModelsGive() {
        Path base = RandomModel.write(folder.resolve("m.gguf"), "llama", TensorType.F32);
        Path low = RandomModel.adapter(folder.resolve("a.gguf"));
        Path merged = RandomModel.merged(folder.resolve("merged.gguf"));
        double[] adapted;
        double[] plain;
        try (LanguageModel model = Models.load(base);
                var adapter = ((LoraAdapter.Reading.Ready) model.adapter(low)).adapter()) {
            adapted = logprobs(model, adapter);
            plain = logprobs(model, null);
        }

        try (LanguageModel model = Models.load(merged)) {
            assertThat(adapted).containsExactly(logprobs(model, null), within(.0001));
            assertThat(worst(adapted, plain)).isGreaterThan(.1);
        }
    }

    private static double[] logprobs(LanguageModel model, @Nullable LoraAdapter adapter) {
        var batch = new Batch(8);
        try (KvCache cache = model.cache(8)) {
            for (int i = 0; i < 8; i++) {
                batch.add(cache, 30 + 7 * i, i == 7, adapter, 1);
            }
            model.forward(batch, Workers.alone());
            return Models.logprobs(model);
        }
    }

    private static double worst(double[] one, double[] other) {
        double worst = 0;
        for (int i = 0; i < one.length; i++) {
            worst = Math.max(worst, Math.abs(one[i] - other[i]));
        }
        return worst;
    }

    private Distance distance(
            String name, TensorType type, String record, String column, boolean adapted)
            throws IOException {
        Path path = RandomModel.write(folder.resolve("m.gguf"), name, type);
        JsonNode golden = golden(record);
        try (LanguageModel model = Models.load(path)) {
            if (!adapted) {
                return distance(model, golden, column, null);
            }
            Path low = RandomModel.adapter(folder.resolve("a.gguf"));
            try (var adapter = ((LoraAdapter.Reading.Ready) model.adapter(low)).adapter()) {
                return distance(model, golden, column, adapter);
            }
        }
    }

    private static Distance distance(
            LanguageModel model, JsonNode golden, String column, @Nullable LoraAdapter adapter) {
        var sum = new Sum();
        var batch = new Batch(64);
        try (KvCache cache = model.cache(128)) {
            for (JsonNode token : golden.path("prompt")) {
                boolean last = batch.size() == golden.path("prompt").size() - 1;
                batch.add(cache, token.asInt(), last, adapter, 1);
            }
            for (JsonNode step : golden.path("steps")) {
                model.forward(batch, Workers.alone());
                double[] logprobs = Models.logprobs(model);
                step.path(column)
                        .forEachEntry(
                                (id, of) -> sum.add(logprobs[Integer.parseInt(id)], of.asDouble()));
                batch.clear();
                batch.add(cache, step.path("id").asInt(), true, adapter, 1);
            }
        }
        return sum.distance();
    }

    /// From llama.cpp with the file as it is to llama.cpp with its weights written out.
    private static Distance distance(JsonNode golden) {
        var sum = new Sum();
        for (JsonNode step : golden.path("steps")) {
            step.path("full")
                    .forEachEntry((id, of) ->
                            sum.add(step.path("stored").path(id).asDouble(), of.asDouble()));
        }
        return sum.distance();
    }

    private static final class Sum {
        private double worst;
        private double sum;
        private int count;

        void add(double one, double other) {
            double difference = Math.abs(one - other);
            worst = Math.max(worst, difference);
            sum += difference;
            count++;
        }

        Distance distance() {
            assertThat(count).isGreaterThanOrEqualTo(5 * 16);
            return new Distance(worst, sum / count);
        }
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return JsonMapper.builder().build().readTree(in);
        }
    }
}
