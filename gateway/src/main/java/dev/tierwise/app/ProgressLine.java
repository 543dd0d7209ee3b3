package dev.tierwise.app;

import dev.tierwise.models.Progress;
import dev.tierwise.models.Sizes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Shows on stderr how a pull goes on: one line that is painted over on a terminal, else a line
/// every few seconds. Thread-safe.
final class ProgressLine implements Progress {
    private static final long SECOND = 1_000_000_000L;
    private static final long ON_TERMINAL = SECOND / 5;
    private static final long ELSEWHERE = 5 * SECOND;
    private static final int BAR = 24;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanos;
    private long begin = -1;
    private long beginBytes;
    private long last;
    private boolean painted;

    ProgressLine(PrintWriter err, boolean terminal, LongSupplier nanos) {
        this.err = err;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /// One that suits what stderr is.
    static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, isTerminal(), System::nanoTime);
    }

    /// Whether stderr is a terminal. The JVM knows it of stdin and stdout only; Linux says more.
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev");
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.ofNullable(System.console())
                    .filter(java.io.Console::isTerminal)
                    .isPresent();
        }
    }

    @Override
    public synchronized void at(long bytes, long total) {
        long now = nanos.getAsLong();
        if (begin < 0 || bytes < beginBytes) {
            begin = now;
            beginBytes = bytes;
            last = now - (terminal ? ON_TERMINAL : 0);
        }
        boolean whole = bytes == total && terminal;
        if (!whole && now - last < (terminal ? ON_TERMINAL : ELSEWHERE)) {
            return;
        }
        last = now;
        String text = text(bytes, total, now);
        if (terminal) {
            err.print("\r" + text + "\u001b[K");
            painted = true;
        } else {
            err.println(text);
        }
        err.flush();
    }

    private String text(long bytes, long total, long now) {
        double seconds = (double) (now - begin) / SECOND;
        long rate = seconds < 0.5 ? 0 : (long) ((bytes - beginBytes) / seconds);
        var text = new StringBuilder();
        if (total > 0) {
            if (terminal) {
                int full = (int) (bytes * BAR / total);
                text.append('[').repeat('#', full).repeat('.', BAR - full).append("] ");
            }
            text.append(bytes * 100 / total).append(" %  ");
        }
        text.append(Sizes.shown(bytes));
        if (total > 0) {
            text.append(" of ").append(Sizes.shown(total));
        }
        if (rate > 0) {
            text.append("  ").append(Sizes.shown(rate)).append("/s");
            if (total > bytes) {
                text.append("  ").append(left((total - bytes) / rate)).append(" left");
            }
        }
        return text.toString();
    }

    private static String left(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    @Override
    public synchronized void note(String what) {
        end();
        err.println(what);
        begin = -1; // what is re-read or waited for says nothing of the network
    }

    /// Leaves the painted line, so that what comes next has its own.
    synchronized void end() {
        if (painted) {
            err.println();
            painted = false;
        }
    }
}
