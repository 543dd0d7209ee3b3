package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fit.Advice;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Shapes;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltinTest {
    private final Shapes shapes = Shapes.load();

    private List<String> run() {
        return shapes.all().stream().filter(Builtin::runs).map(ModelShape::id).toList();
    }

    @Test
    void denseModelsOfKnownArchitecturesRunInTheEngine() {
        assertThat(run())
                .contains(
                        "llama-3.2-3b",
                        "qwen2.5-7b",
                        "qwen3-4b",
                        "mistral-nemo-12b",
                        "phi-4-14b",
                        "gemma-3-4b",
                        "smollm2-360m",
                        "deepseek-r1-distill-llama-8b");
    }

    @Test
    void othersDoNot() {
        assertThat(run())
                .doesNotContain(
                        "qwen3-30b-a3b",
                        "qwen3.5-9b",
                        "gemma-3n-e4b",
                        "gemma-4-e2b",
                        "granite-4.0-h-tiny",
                        "granite-3.3-8b",
                        "gpt-oss-20b",
                        "ministral-3-3b",
                        "smollm3-3b",
                        "mixtral-8x7b");
    }

    @Test
    void adviceAmongThemKnowsNoOthers() {
        assertThat(Advice.load().among(Builtin::runs).shapes().all())
                .isNotEmpty()
                .allMatch(Builtin::runs);
    }
}
