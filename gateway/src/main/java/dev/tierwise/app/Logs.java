package dev.tierwise.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// The log: one line a record on stderr, `time level logger message`. Stack traces are cut to their
/// first line, because a trace tells a user nothing and an exception's message may quote a prompt.
final class Logs {
    /// Loggers are held weakly by the manager; those with a level of their own must be kept.
    private static final Map<String, Logger> KEPT = new ConcurrentHashMap<>();

    private Logs() {}

    /// Sets the log up.
    ///
    /// @param requests whether every request gets a line
    static void start(boolean requests) {
        LogManager.getLogManager().reset();
        // bound here, by one thread: SLF4J complains on stderr when several bind it at once
        LoggerFactory.getILoggerFactory();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new Lines(System.err));
        level("tierwise", Level.INFO);
        level("dev.tierwise", Level.INFO);
        requests(requests);
    }

    /// Writes every line of every level to `file` instead, until the log is set up anew.
    static void everythingTo(Path file) throws IOException {
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        for (Handler handler : root.getHandlers()) {
            handler.setLevel(Level.OFF);
        }
        for (String name : List.copyOf(KEPT.keySet())) {
            level(name, Level.ALL);
        }
        root.addHandler(
                new Lines(
                        new PrintStream(
                                Files.newOutputStream(file), false, StandardCharsets.UTF_8)));
    }

    /// Switches the line for every request.
    static void requests(boolean on) {
        level("tierwise.requests", on ? Level.INFO : Level.WARNING);
    }

    private static void level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        KEPT.put(name, logger);
    }

    /// Lines are gathered for a moment, since a write for each request would cost a tenth of the
    /// request; a warning goes out at once, with all before it.
    private static final class Lines extends Handler {
        private static final Duration MOMENT = Duration.ofMillis(100);
        private static final int MOST = 16 << 10;

        private final PrintStream out;
        private final StringBuilder gathered = new StringBuilder(MOST);
        private final Thread flusher;

        Lines(PrintStream out) {
            this.out = out;
            setFormatter(new Line());
            flusher =
                    Thread.ofPlatform()
                            .daemon()
                            .name("tierwise-log")
                            .unstarted(this::flushAfterAMoment);
            flusher.start();
        }

        private void flushAfterAMoment() {
            while (true) {
                LockSupport.park(this);
                LockSupport.parkNanos(this, MOMENT.toNanos());
                flush();
            }
        }

        @Override
        public void publish(LogRecord record) {
            if (!isLoggable(record)) {
                return;
            }
            String line = getFormatter().format(record);
            boolean first;
            boolean now;
            synchronized (gathered) {
                first = gathered.isEmpty();
                gathered.append(line);
                now =
                        record.getLevel().intValue() >= Level.WARNING.intValue()
                                || gathered.length() > MOST / 2;
            }
            if (now) {
                flush();
            } else if (first) {
                LockSupport.unpark(flusher);
            }
        }

        @Override
        public void flush() {
            synchronized (gathered) {
                out.print(gathered);
                out.flush();
                gathered.setLength(0);
            }
        }

        @Override
        public void close() {
            flush();
        }
    }

    private static final class Line extends Formatter {
        @Override
        public String format(LogRecord record) {
            var line = new StringBuilder(160);
            line.append(Instant.ofEpochMilli(record.getMillis()).truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(record.getLevel().getName())
                    .append(' ')
                    .append(record.getLoggerName())
                    .append(' ')
                    .append(formatMessage(record));
            Throwable thrown = record.getThrown();
            if (thrown != null) {
                StackTraceElement[] trace = thrown.getStackTrace();
                line.append(" exception=").append(thrown.getClass().getName());
                if (trace.length > 0) {
                    line.append(" at=").append(trace[0]);
                }
            }
            return line.append('\n').toString();
        }
    }
}
