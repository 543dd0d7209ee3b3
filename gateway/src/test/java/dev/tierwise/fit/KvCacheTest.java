package dev.tierwise.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.fit.ModelShape.Attention;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KvCacheTest {
    private static final double MEBIBYTE = 1 << 20;

    private final Shapes shapes = Shapes.load();

    /// Printed by llama.cpp in its pull request 22171.
    @Test
    void slidingWindowsAgreeWithLlamaCpp() {
        double bytes = bytes("gemma-3-4b", 32_768, 1, KvCache.Type.F16);

        assertThat(Math.round(bytes / MEBIBYTE)).isEqualTo(814);
    }

    /// Printed by llama.cpp in its pull request 25465, with two tokens guessed ahead: 16,384 MiB of
    /// keys and values, and 448 MiB of states.
    @Test
    void recurrentLayersAgreeWithLlamaCpp() {
        Attention layers =
                Objects.requireNonNull(shapes.named("qwen3.6-27b").orElseThrow().attention());

        double positions = KvCache.positions(layers, 262_144, KvCache.Type.F16);
        double states = KvCache.state(layers, 2);

        assertThat(positions / MEBIBYTE).isEqualTo(16_384);
        assertThat(Math.floor(states / MEBIBYTE)).isEqualTo(448);
        assertThat(Math.floor((positions + states) / MEBIBYTE)).isEqualTo(16_832);
    }

    /// Printed by llama.cpp in its pull request 23269, with two tokens guessed ahead.
    @Test
    void statesOfTheMixtureAgreeWithLlamaCpp() {
        Attention layers =
                Objects.requireNonNull(shapes.named("qwen3.6-35b-a3b").orElseThrow().attention());

        assertThat(KvCache.state(layers, 2) / MEBIBYTE).isCloseTo(188.44, within(.005));
        assertThat(KvCache.positions(layers, 65_536, KvCache.Type.F16) / MEBIBYTE).isEqualTo(1_280);
    }

    @Test
    void fullLayersKeepEverything() {
        assertThat(bytes("llama-3.1-8b", 131_072, 1, KvCache.Type.F16) / MEBIBYTE)
                .isEqualTo(16_384);
    }

    @Test
    void layersThatShareAnotherCacheKeepNothing() {
        Attention layers =
                Objects.requireNonNull(shapes.named("gemma-3n-e4b").orElseThrow().attention());

        assertThat(layers.full() + layers.windowed()).isEqualTo(20);
        assertThat(layers.full()).isEqualTo(4);
    }

    @Test
    void coarserValuesTakeTheirBlocks() {
        double half = bytes("qwen3-8b", 8192, 1, KvCache.Type.F16);

        assertThat(bytes("qwen3-8b", 8192, 1, KvCache.Type.Q8_0) / half).isEqualTo(34.0 / 64);
        assertThat(bytes("qwen3-8b", 8192, 1, KvCache.Type.Q4_0) / half).isEqualTo(18.0 / 64);
    }

    @Test
    void unknownStateIsSaid() {
        Load load = Load.usual(shapes.named("qwen3.5-122b-a10b").orElseThrow());

        assertThat(KvCache.of(load).orElseThrow().source()).contains("without its recurrent state");
        assertThat(MemoryPlan.of(load).notes()).anyMatch(it -> it.contains("recurrent state"));
    }

    private double bytes(String model, int context, int slots, KvCache.Type type) {
        ModelShape shape = shapes.named(model).orElseThrow();
        return KvCache.of(new Load(shape, shape.usual(), context, slots, type))
                .orElseThrow()
                .value();
    }
}
