package dev.tierwise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that the harness started and ends. What it prints goes to a file, except that the load
/// generator's output is read here.
final class Child implements AutoCloseable {
    private static final int STOP_SECONDS = 10;

    private final String name;
    private final Process process;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /// Starts a process whose output goes to a log file.
    static Child start(String name, List<String> command, Map<String, String> extra, Path log) {
        var builder = builder(command, extra);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return start(name, builder);
    }

    /// Starts a process that is talked to.
    static Child talking(String name, List<String> command) {
        var builder = builder(command, Map.of());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return start(name, builder);
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> extra) {
        var builder = new ProcessBuilder(command);
        // A key in the environment would have the gateway look for models of its own.
        builder.environment().keySet().removeIf(key -> key.endsWith("_API_KEY"));
        builder.environment().putAll(extra);
        return builder;
    }

    private static Child start(String name, ProcessBuilder builder) {
        try {
            return new Child(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    boolean alive() {
        return process.isAlive();
    }

    /// CPU time of the process and its children so far.
    CpuTime cpu() {
        return tree().map(CpuTime::of).reduce(CpuTime.NONE, CpuTime::plus);
    }

    /// Memory of the process and its children together; pages that they share count twice.
    Memory memory() {
        return tree().flatMap(handle -> Memory.of(handle.pid()).stream())
                .reduce(new Memory(0, 0), Memory::plus);
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException _) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
