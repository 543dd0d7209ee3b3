package dev.tierwise.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.engine.gguf.TensorType;
import dev.tierwise.engine.math.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the engine to what llama.cpp made of the same files; `src/test/python/record.py` recorded
/// it. Weights in full precision must give the same chances to a thousandth; quantised ones differ
/// by what either side loses when it rounds the numbers that are multiplied with them.
class GoldenTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "llama, F32, .001",
        "llama, F16, .002",
        "llama, BF16, .002",
        "qwen2, F32, .001",
        "qwen3, F32, .001",
        "phi3, F32, .001",
        "gemma2, F32, .003",
        "gemma3, F32, .003",
        "llama, Q8_0, .6",
        "llama, Q4_0, .6",
        "llama, Q4_K, .6",
        "llama, Q5_K, .6",
        "llama, Q6_K, .6",
    })
    void chancesAreThoseOfLlamaCpp(String family, TensorType type, double tolerance)
            throws IOException {
        Path path = RandomModel.write(folder.resolve("m.gguf"), family, type);
        try (LanguageModel model = Models.load(path)) {
            compare(model, family + "-" + type, null, tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource("llama")
    void adapterGivesWhatLlamaCppGives(String family) throws IOException {
        Path path = RandomModel.write(folder.resolve("m.gguf"), family, TensorType.F32);
        Path lora = RandomModel.adapter(folder.resolve("a.gguf"));
        try (LanguageModel model = Models.load(path);
                LoraAdapter adapter = ((LoraAdapter.Reading.Ready) model.adapter(lora)).adapter()) {
            compare(model, "llama-F32-lora", adapter, .001);
        }
    }

    private static void compare(
            LanguageModel model, String name, @Nullable LoraAdapter adapter, double tolerance)
            throws IOException {
        JsonNode golden = golden(name);
        Batch batch = new Batch(64);
        double worst = 0;
        double sum = 0;
        int compared = 0;
        try (KvCache cache = model.cache(128)) {
            for (JsonNode token : golden.path("prompt")) {
                boolean last = batch.size() == golden.path("prompt").size() - 1;
                batch.add(cache, token.asInt(), last, adapter, 1);
            }
            for (JsonNode step : golden.path("steps")) {
                model.forward(batch, Workers.alone());
                double[] logprobs = Models.logprobs(model);
                for (JsonNode other : step.path("top")) {
                    double difference =
                            logprobs[other.path("id").asInt()] - other.path("logprob").asDouble();
                    worst = Math.max(worst, Math.abs(difference));
                    sum += Math.abs(difference);
                    compared++;
                }
                assertThat(logprobs[step.path("id").asInt()])
                        .isCloseTo(step.path("logprob").asDouble(), within(tolerance));
                batch.clear();
                batch.add(cache, step.path("id").asInt(), true, adapter, 1);
            }
        }
        assertThat(worst).isLessThan(tolerance);
        assertThat(sum / compared).isLessThan(tolerance / 5);
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in =
                GoldenTest.class.getResourceAsStream(
                        "/dev/tierwise/engine/golden/" + name + ".json")) {
            return JsonMapper.builder().build().readTree(in);
        }
    }
}
