package dev.tierwise.bench;

import dev.tierwise.bench.engine.LargeModel;
import dev.tierwise.engine.gguf.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built-in engine on one thread, and llama.cpp's `llama-bench` on the same files in turn with
/// it.
///
/// @param models the files; none for models of random weights, made once
/// @param llamaBench the program; null to measure the engine alone
/// @param quick whether to measure for a moment only
record EngineSpeed(List<Path> models, @Nullable Path llamaBench, boolean quick) {
    static final int PROMPT = 128;
    static final int ANSWER = 32;
    private static final List<TensorType> TYPES =
            List.of(TensorType.Q8_0, TensorType.Q4_0, TensorType.Q4_K);

    /// Tokens a second: taken in, and given out.
    record Speed(double in, double out) {}

    /// @param model the file's name
    /// @param engine rounds of the engine
    /// @param llama rounds of llama.cpp, in between
    /// @param heap bytes of heap for each token given out, once warm
    record Figure(String model, List<Speed> engine, List<Speed> llama, long heap) {}

    Part run(Commands commands, String command) {
        double before = Machine.load();
        var figures = new ArrayList<Figure>();
        for (Path model : files(commands.work().resolve("engine"))) {
            Bench.progress("measuring " + model.getFileName());
            figures.add(measure(model, commands));
        }
        var notes =
                List.of(
                        PROMPT + " tokens taken in, then " + ANSWER + " given out one by one",
                        "engine: tokens for each second of the thread's CPU time, median [min–max]",
                        llamaBench == null
                                ? "llama.cpp was not measured: --llama-bench names its program"
                                : "llama.cpp: tokens a second with one thread, the best of each"
                                        + " run, for it cannot tell its CPU time");
        return new Part("engine", Part.origin(command, before, notes) + markdown(figures), figures);
    }

    private List<Path> files(Path folder) {
        if (!models.isEmpty()) {
            return models;
        }
        try {
            Files.createDirectories(folder);
            var made = new ArrayList<Path>();
            for (TensorType type : TYPES) {
                Path file = folder.resolve("random-" + type + ".gguf");
                if (!Files.exists(file)) {
                    Bench.progress("writing " + file);
                    LargeModel.write(type, file);
                }
                made.add(file);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a model", e);
        }
    }

    private Figure measure(Path model, Commands commands) {
        int turns = quick ? 1 : 4;
        var engine = new ArrayList<Speed>();
        var llama = new ArrayList<Speed>();
        long heap = 0;
        for (int turn = 0; turn < turns; turn++) {
            List<String> lines = output(commands.engine(model, quick ? 4 : 8));
            // the first rounds are still being compiled
            for (String line : lines.subList(lines.size() / 2, lines.size())) {
                String[] numbers = line.split(" ", 3);
                engine.add(
                        new Speed(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
                heap = Long.parseLong(numbers[2]);
            }
            if (llamaBench != null) {
                llama.add(llama(llamaBench, model));
            }
        }
        return new Figure(String.valueOf(model.getFileName()), engine, llama, heap);
    }

    private static Speed llama(Path program, Path model) {
        var command = new ArrayList<>(List.of(program.toString(), "-m", model.toString()));
        command.addAll(List.of("-t", "1", "-ngl", "0", "-r", "3", "-o", "json"));
        command.addAll(List.of("-p", "" + PROMPT, "-n", "" + ANSWER));
        double in = 0;
        double out = 0;
        for (JsonNode test : JsonMapper.shared().readTree(String.join("\n", output(command)))) {
            double best = 0;
            for (JsonNode sample : test.path("samples_ts")) {
                best = Math.max(best, sample.doubleValue());
            }
            if (test.path("n_gen").intValue() == 0) {
                in = best;
            } else {
                out = best;
            }
        }
        return new Speed(in, out);
    }

    private static List<String> output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                List<String> lines = reader.lines().toList();
                if (process.waitFor() != 0 || lines.isEmpty()) {
                    throw new IllegalStateException(command.getFirst() + " failed: " + lines);
                }
                return lines;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("told to stop", e);
        }
    }

    private static String markdown(List<Figure> figures) {
        var table =
                new Table(
                        "model",
                        "tokens/s in",
                        "× llama.cpp",
                        "tokens/s out",
                        "× llama.cpp",
                        "heap bytes a token");
        for (Figure figure : figures) {
            Spread in = Spread.of(figure.engine().stream().map(Speed::in).toList());
            Spread out = Spread.of(figure.engine().stream().map(Speed::out).toList());
            table.row(
                    figure.model(),
                    spread(in),
                    ratio(in, figure.llama().stream().map(Speed::in).toList()),
                    spread(out),
                    ratio(out, figure.llama().stream().map(Speed::out).toList()),
                    Long.toString(figure.heap()));
        }
        return table.markdown();
    }

    private static String spread(Spread spread) {
        return Part.spread(Optional.of(spread), "%.0f");
    }

    private static String ratio(Spread engine, List<Double> llama) {
        return llama.isEmpty()
                ? "–"
                : Part.number("%.2f", engine.median() / Spread.of(llama).median());
    }
}
