package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.call.runtime.RuntimeView;
import dev.tierwise.fit.KvCache;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Shapes;
import dev.tierwise.machine.Probes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitWitnessTest {
    @TempDir Path folder;

    private final MemoryPlan plan = plan(4096, 4);

    private static MemoryPlan plan(int context, int slots) {
        ModelShape shape = Shapes.load().named("gemma-3-4b").orElseThrow();
        return MemoryPlan.of(new Load(shape, shape.usual(), context, slots, KvCache.Type.Q8_0));
    }

    /// The last line is what llama-fit-params printed of a file with this head.
    @Test
    void whatLlamaCppPrintsIsHeldAgainstThePlan() throws IOException {
        Path tool =
                program(
                        "llama-fit-params",
                        """
                        echo "$@" > "$(dirname "$0")/asked"
                        echo "0.00.002.399 I llama_fit_params: printing estimated memory in MiB" >&2
                        echo "Host 2368 540 527 "
                        """);

        FitWitness witness = llama(tool).orElseThrow();

        assertThat(witness.total().whole()).isEqualTo((2368L + 540 + 527) << 20);
        assertThat(witness.difference()).isCloseTo(0, within(.01));
        assertThat(witness.says())
                .startsWith(
                        "llama.cpp says: weights 2,368, cache 540, computation 527 MiB, total 3.60"
                                + " GB; the plan's same parts are 3.")
                .contains("difference ");
        assertThat(Files.readString(folder.resolve("asked")))
                .contains("--ctx-size 16384 --parallel 4 --cache-type-k q8_0")
                .contains("--offline --fit-print on");
    }

    @Test
    void allDevicesAreAddedUp() throws IOException {
        Path tool = program("llama-fit-params", "printf 'CUDA0 2000 500 80 \\nHost 368 40 16 \\n'");

        FitWitness witness = llama(tool).orElseThrow();

        assertThat(witness.total().whole()).isEqualTo((2368L + 540 + 96) << 20);
    }

    @Test
    void aToolThatFailsOrSaysNothingIsNoWitness() throws IOException {
        Path older = program("older", "echo 'error: invalid argument: --fit-print'; exit 1");
        Path silent = program("silent", "exit 0");

        assertThat(llama(older)).isEmpty();
        assertThat(llama(silent)).isEmpty();
        assertThat(llama(folder.resolve("none"))).isEmpty();
    }

    @Test
    void theToolIsFoundOnThePathOrBesideTheServer() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path server = program("llama-server", "exit 0");
        Files.createSymbolicLink(bin.resolve("llama-server"), server);
        String path = "relative:" + folder.resolve("none") + ":" + bin;

        Optional<Path> before = FitWitness.program(path);
        Path tool = program("llama-fit-params", "exit 0");

        assertThat(before).isEmpty();
        assertThat(FitWitness.program(path)).contains(tool.toRealPath());
        assertThat(FitWitness.program(folder.toString())).contains(tool);
    }

    @Test
    void aModelInOllamasMemoryIsHeldAgainstThePlan() {
        MemoryPlan one = plan(8192, 1);
        RuntimeView view = view("gemma3:4b", 3_000_000_000L, 8192);

        FitWitness witness = FitWitness.held(view, "gemma-3-4b", one).orElseThrow();

        assertThat(witness.says())
                .startsWith("Ollama says: `gemma3:4b` with a context of 8,192, total 3.00 GB;");
        assertThat(witness.planned()).isEqualTo(one.parts().orElseThrow());
    }

    @Test
    void anotherModelOrContextIsNotCompared() {
        MemoryPlan one = plan(8192, 1);

        assertThat(FitWitness.held(view("gemma3:4b", 1, 4096), "gemma-3-4b", one)).isEmpty();
        assertThat(FitWitness.held(view("llama3.2:3b", 1, 8192), "gemma-3-4b", one)).isEmpty();
        assertThat(FitWitness.held(view("mine:latest", 1, 8192), "mine", one)).isPresent();
    }

    private static RuntimeView view(String name, long bytes, int context) {
        var size = new RuntimeView.Size(bytes, 0L, context);
        var held =
                new RuntimeView.Held(
                        name, RuntimeView.Phase.READY, size, null, RuntimeView.Load.UNKNOWN);
        return new RuntimeView(null, List.of(), List.of(held), null, null);
    }

    private Optional<FitWitness> llama(Path tool) {
        return FitWitness.llama(Probes.real(), tool, folder.resolve("model.gguf"), plan);
    }

    private Path program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
