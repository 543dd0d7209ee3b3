package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fit.ModelShape.Attention;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private final Shapes shapes = Shapes.load();

    @Test
    void everyModelIsFoundByAllItsNames() {
        for (ModelShape shape : shapes.all()) {
            Stream<ModelShape> found =
                    Stream.concat(Stream.of(shape.id()), shape.names().stream())
                            .map(name -> shapes.named(name).orElseThrow());

            assertThat(found).allMatch(shape::equals);
        }
    }

    @Test
    void namesAreTakenAsPeopleWriteThem() {
        assertThat(id("llama3.2:3b")).isEqualTo("llama-3.2-3b");
        assertThat(id("llama3.2:latest")).isEqualTo("llama-3.2-3b");
        assertThat(id("Llama-3.3-70b")).isEqualTo("llama-3.3-70b");
        assertThat(id("meta-llama/Llama-3.1-8B-Instruct")).isEqualTo("llama-3.1-8b");
        assertThat(id("Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf")).isEqualTo("llama-3.1-8b");
        assertThat(id("llama3.1:8b-instruct-q8_0")).isEqualTo("llama-3.1-8b");
        assertThat(id("GPT-OSS:20b")).isEqualTo("gpt-oss-20b");
        assertThat(id("Qwen3-30B-A3B-Instruct-2507")).isEqualTo("qwen3-30b-a3b");
        assertThat(id("qwen3.6:27b")).isEqualTo("qwen3.6-27b");
    }

    @Test
    void unknownNameHasNearOnes() {
        assertThat(shapes.named("lama-3.2-3b")).isEmpty();
        assertThat(shapes.near("lama-3.2-3b")).first().isEqualTo("llama-3.2-3b");
        assertThat(shapes.near("something else altogether, and long")).isEmpty();
    }

    @Test
    void missingFiguresAreMissing() {
        ModelShape known = shapes.named("qwen3.5-122b-a10b").orElseThrow();

        assertThat(known.matrices()).isNull();
        assertThat(known.published()).isNull();
        assertThat(Objects.requireNonNull(known.attention()).recurrentBytes()).isNull();
    }

    @Test
    void everyModelHasASizeAndALayoutOfItsCache() {
        assertThat(shapes.all())
                .hasSize(60)
                .allMatch(it -> it.attention() != null && it.parameters() != null);
    }

    @Test
    void fullLayersMayBeWiderThanTheOthers() {
        Attention narrow = attention("gemma-3-4b");
        Attention wide = attention("gemma-4-31b");

        assertThat(narrow.fullWidth()).isEqualTo(4 * 256);
        assertThat(wide.fullWidth()).isEqualTo(4 * 512);
        assertThat(wide.keyValueHeads() * wide.headSize()).isEqualTo(16 * 256);
        // 10 layers with all 8,192 positions and 50 with 1,536, keys and values in two bytes
        assertThat(KvCache.positions(wide, 8192, KvCache.Type.F16))
                .isEqualTo(4.0 * (10 * 8192 * 2048 + 50 * 1536 * 4096));
    }

    private Attention attention(String id) {
        return Objects.requireNonNull(shapes.named(id).orElseThrow().attention());
    }

    /// A model of which nobody has told more than what its file takes.
    static ModelShape sizeOnly(String id) {
        return new ModelShape(
                id,
                List.of(id),
                8_000_000_000L,
                null,
                262_144,
                null,
                null,
                null,
                null,
                null,
                Quantisation.Q4_K_M,
                new ModelShape.Published(5_186_173_009L, "4.83 GiB", "somebody"),
                "a test");
    }

    private String id(String name) {
        return shapes.named(name).map(ModelShape::id).orElse("none");
    }
}
