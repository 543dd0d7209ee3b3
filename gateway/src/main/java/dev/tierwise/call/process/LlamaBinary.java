package dev.tierwise.call.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// A `llama-server` program that can be started.
///
/// @param path where it is
/// @param flags the long options that its help names: versions differ
public record LlamaBinary(Path path, Set<String> flags) {
    private static final String NAME = "llama-server";
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z0-9-]*");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_HELP = 1 << 20;

    public LlamaBinary {
        flags = Set.copyOf(flags);
    }

    /// What looking came to.
    public sealed interface Looked {
        /// It can be used.
        ///
        /// @param binary the program
        record Found(LlamaBinary binary) implements Looked {}

        /// There is none.
        record None() implements Looked {}

        /// There is one that does not work.
        ///
        /// @param message why, and what to do
        record Broken(String message) implements Looked {}
    }

    /// Looks for the program in the folders of `path`, the value of `PATH`.
    public static Looked onPath(String path) {
        for (String folder : path.split(":", -1)) {
            Optional<Path> file = in(folder);
            if (file.isPresent()) {
                return at(file.get());
            }
        }
        return new Looked.None();
    }

    private static Optional<Path> in(String folder) {
        try {
            return Optional.of(Path.of(folder, NAME))
                    .filter(file -> Path.of(folder).isAbsolute())
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// Asks the program at `file` for its help.
    @SuppressWarnings("JdkObsolete") // two threads write and read it
    public static Looked at(Path file) {
        if (!Files.isExecutable(file) || Files.isDirectory(file)) {
            return new Looked.Broken("there is no program " + file + " (`engine.llama-server`)");
        }
        try {
            var builder = new ProcessBuilder(file.toString(), "--help").redirectErrorStream(true);
            Child.keepOnlyNeeded(builder.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            var help =
                    CompletableFuture.supplyAsync(
                            () -> read(process.getInputStream()),
                            task -> Thread.ofPlatform().daemon().start(task));
            boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly(); // which closes its output under the reader
            }
            return judged(file, ended, help.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException _) {
            return new Looked.Broken(file + " does not end when it is asked for its help");
        } catch (IOException e) {
            return new Looked.Broken(file + " cannot be started: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Looked.None();
        }
    }

    private static String read(InputStream in) {
        var help = new StringBuilder();
        try (in) {
            byte[] buffer = new byte[8 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (help.length() < MOST_HELP) {
                    help.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException _) {
            // killed while it talked; what came will do or not
        }
        return help.toString();
    }

    private static Looked judged(Path file, boolean ended, String help) {
        var flags = new HashSet<String>();
        FLAG.matcher(help).results().forEach(flag -> flags.add(flag.group()));
        if (flags.contains("--port") && flags.contains("--ctx-size")) {
            return new Looked.Found(new LlamaBinary(file, flags));
        }
        String said = help.lines().filter(line -> !line.isBlank()).findFirst().orElse("nothing");
        return new Looked.Broken(
                file
                        + (ended ? " does not work" : " did not end within 15 s")
                        + ": asked for its help it said `"
                        + said.substring(0, Math.min(200, said.length())).replaceAll("[^ -~]", "?")
                        + "`; mend or remove it, or write `llama-server: off` below `engine`");
    }
}
