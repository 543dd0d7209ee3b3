package dev.tierwise.bench;

import dev.tierwise.bench.engine.ModelSpeed;
import dev.tierwise.bench.load.Load;
import dev.tierwise.bench.relay.NettyMock;
import dev.tierwise.bench.relay.NettyRelay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/// Entry point of the benchmarks, run by `./tw bench` in the root of the repository.
///
/// The same program is started again for each part that needs a process of its own: `mock`,
/// `relay`, `load` and `engine`. Those end when their standard input ends, so nothing outlives the
/// harness.
public final class Main {
    private Main() {}

    /// Runs the benchmarks, or one part.
    ///
    /// @param arguments options of `./tw bench`, or the name of a part and its numbers
    /// @throws IOException when standard input breaks
    /// @throws InterruptedException when told to stop
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        String part = words.isEmpty() ? "" : words.getFirst();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        switch (part) {
            case "mock" -> {
                try (var _ = NettyMock.listen(number(words, 1), number(words, 2))) {
                    waitForEnd(in);
                }
            }
            case "relay" -> {
                try (var _ = NettyRelay.listen(number(words, 1), number(words, 2), words.get(3))) {
                    waitForEnd(in);
                }
            }
            case "load" -> Load.serve(in, System.out);
            case "engine" -> {
                var speed = new ModelSpeed(EngineSpeed.PROMPT, EngineSpeed.ANSWER);
                boolean good = speed.run(Path.of(words.get(1)), number(words, 2), System.out);
                System.exit(good ? 0 : 1);
            }
            default -> System.exit(bench(arguments));
        }
    }

    private static int bench(String[] arguments) {
        return new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, _, _) -> {
                    Bench.progress("tw bench: " + problem.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    private static int number(List<String> words, int at) {
        return Integer.parseInt(words.get(at));
    }

    private static void waitForEnd(BufferedReader in) throws IOException {
        while (in.readLine() != null) {
            // Nothing is said to a mock or a relay; only the end of the input counts.
        }
    }
}
