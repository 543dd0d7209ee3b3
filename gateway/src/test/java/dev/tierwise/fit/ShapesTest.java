package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;

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
        ModelShape known = shapes.named("ministral-3-8b").orElseThrow();

        assertThat(known.matrices()).isNull();
        assertThat(known.attention()).isNull();
        assertThat(known.published()).isNotNull();
    }

    private String id(String name) {
        return shapes.named(name).map(ModelShape::id).orElse("none");
    }
}
