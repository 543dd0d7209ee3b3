package dev.tierwise.bench;

import dev.tierwise.bench.load.Slice;
import dev.tierwise.bench.load.Tally;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The load generator's process, seen from the harness.
final class LoadChild implements AutoCloseable {
    private final Child child;
    private final BufferedWriter in;
    private final BufferedReader out;

    private LoadChild(Child child) {
        this.child = child;
        this.in = child.process().outputWriter();
        this.out = child.process().inputReader();
    }

    static LoadChild start(Commands commands) {
        return new LoadChild(Child.talking("load", commands.part("load")));
    }

    /// What was counted, and the CPU time that a process used meanwhile.
    record Loaded(Tally tally, long cpuNanos) {}

    /// Puts load on a target and watches the CPU time of its process.
    Loaded run(Slice slice, Child watched) {
        try {
            in.write(slice.line());
            in.newLine();
            in.flush();
            expect("begin");
            CpuTime before = watched.cpu();
            expect("end");
            long cpuNanos = watched.cpu().since(before);
            return new Loaded(Tally.of(line()), cpuNanos);
        } catch (IOException e) {
            throw new UncheckedIOException("the load generator broke off", e);
        }
    }

    private void expect(String word) throws IOException {
        String line = line();
        if (!line.equals(word)) {
            throw new IOException("the load generator said \"" + line + "\", not " + word);
        }
    }

    private String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the load generator ended");
        }
        return line;
    }

    @Override
    public void close() {
        child.close();
    }
}
