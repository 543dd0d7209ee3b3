package dev.tierwise.call.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// One running process that does not outlive this one, whatever way this one ends.
///
/// A shell stands between: it starts the program and a watcher. The watcher reads a pipe of which
/// this process holds the other end; when that closes, by [#kill] or because this process is gone,
/// it ends the program.
final class Child {
    private static final String SCRIPT =
            """
            trap '' INT QUIT HUP
            exec 3<&0
            # its own session, where there is the tool: Ctrl-C is for the gateway, which lets requests end
            $(command -v setsid) "$@" </dev/null 3<&- &
            child=$!
            echo "pid $child"
            (read -r _ <&3; kill -TERM $child; sleep 5; kill -KILL $child) >/dev/null 2>&1 &
            watcher=$!
            exec 3<&-
            wait $child
            status=$?
            kill $watcher 2>/dev/null
            exit $status
            """;

    /// Nothing else of the environment is handed on: it may hold keys, and `LLAMA_ARG_…` would
    /// change the server's settings.
    private static final Pattern NEEDED =
            Pattern.compile(
                    "PATH|HOME|TMPDIR|LANG|LC_.*|LD_LIBRARY_PATH|DYLD_.*|XDG_CACHE_HOME"
                            + "|(CUDA|NVIDIA|HIP|ROCR|HSA|GGML|VK|ONEAPI|SYCL)_.*");

    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Process shell;
    private final ChildLog log;
    private final CompletableFuture<Long> pid = new CompletableFuture<>();

    private Child(Process shell, ChildLog log) {
        this.shell = shell;
        this.log = log;
    }

    /// Starts a program.
    ///
    /// @param secrets environment variables to set, which other users cannot see
    static Child start(List<String> command, Map<String, String> secrets, ChildLog log)
            throws IOException {
        var whole = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true);
        keepOnlyNeeded(builder.environment());
        builder.environment().putAll(secrets);
        var child = new Child(builder.start(), log);
        // a virtual thread that reads a pipe would hold its carrier
        Thread.ofPlatform().daemon().name("child-output").start(child::listen);
        return child;
    }

    static void keepOnlyNeeded(Map<String, String> environment) {
        environment.keySet().removeIf(name -> !NEEDED.matcher(name).matches());
    }

    private void listen() {
        try (BufferedReader out = shell.inputReader(StandardCharsets.UTF_8)) {
            var lines = new BoundedLines(out);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!pid.isDone() && line.matches("pid \\d{1,18}")) {
                    pid.complete(Long.parseLong(line.substring(4)));
                } else {
                    log.line(line);
                }
            }
        } catch (IOException _) {
            // the process has ended
        }
        pid.completeExceptionally(new IOException("it never started"));
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /// Waits for its end and tells its exit status.
    int await() throws InterruptedException {
        int status = shell.waitFor();
        log.end(status);
        return status;
    }

    /// The program's own process id; empty when it has not started.
    OptionalLong pid() {
        try {
            return OptionalLong.of(pid.get(1, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException _) {
            return OptionalLong.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /// Ends it: politely, then not.
    void kill() {
        ProcessHandle program =
                pid().stream()
                        .boxed()
                        .flatMap(id -> ProcessHandle.of(id).stream())
                        .findFirst()
                        .orElse(null);
        if (program != null && shell.isAlive()) {
            program.destroy();
            if (!endsWithin(GRACE)) {
                program.destroyForcibly();
            }
        }
        if (!endsWithin(GRACE)) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    private boolean endsWithin(Duration time) {
        try {
            return shell.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !shell.isAlive();
        }
    }
}
