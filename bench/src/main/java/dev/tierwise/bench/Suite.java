package dev.tierwise.bench;

import dev.tierwise.bench.load.Kind;
import dev.tierwise.bench.load.Slice;
import dev.tierwise.bench.relay.MockAnswers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Puts load on all targets, round by round in random order, so that a noisy minute of the machine
/// hits all of them alike.
///
/// @param stream whether answers are streamed
/// @param pace how long and how often
record Suite(boolean stream, Pace pace) {
    /// @param rounds how often each target is measured at each number of connections
    /// @param warmSeconds load on each target before the first round, so that its code is compiled
    /// @param settleMillis load before each measured stretch
    /// @param measureMillis the measured stretch
    record Pace(int rounds, int warmSeconds, int settleMillis, int measureMillis) {
        static final Pace FULL = new Pace(5, 12, 700, 4_000);
        static final Pace QUICK = new Pace(2, 8, 700, 1_000);

        String line() {
            return "%d rounds of %.1f s per row, interleaved in random order; median [min–max]"
                    .formatted(rounds, measureMillis / 1_000.0);
        }
    }

    static final List<Integer> CONNECTIONS = List.of(1, 32, 256);
    private static final int WARM_CONNECTIONS = 32;

    /// A stream is slow, so it takes more of them, and hurried ones, to have the code compiled.
    private static final int WARM_STREAMS = 256;

    List<Measured> run(Targets targets, LoadChild load) {
        for (Target target : targets.all()) {
            Bench.progress("warming up " + target.name());
            int connections = stream ? WARM_STREAMS : WARM_CONNECTIONS;
            Kind kind = stream ? Kind.HURRIED_STREAM : Kind.WHOLE;
            slice(target, kind, connections, pace.warmSeconds * 1_000, 0, load);
        }
        var all = new ArrayList<Measured>();
        for (int round = 1; round <= pace.rounds; round++) {
            for (int connections : shuffled(CONNECTIONS)) {
                for (Target target : shuffled(targets.all())) {
                    Kind kind = stream ? Kind.STREAM : Kind.WHOLE;
                    Measured measured =
                            slice(target, kind, connections, pace.settleMillis, round, load);
                    all.add(measured);
                    Bench.progress(line(measured));
                }
            }
        }
        return all;
    }

    private String line(Measured slice) {
        return "round %d/%d  %3d connections  %-22s %9.1f us CPU  p50 %7.2f ms  %7.0f/s  %d errors"
                .formatted(
                        slice.round(),
                        pace.rounds,
                        slice.connections(),
                        slice.target(),
                        slice.cpuMicros(),
                        slice.p50Millis(),
                        slice.answersPerSecond(),
                        slice.tally().errors());
    }

    private static <T> List<T> shuffled(List<T> items) {
        var order = new ArrayList<>(items);
        Collections.shuffle(order);
        return order;
    }

    private Measured slice(
            Target target,
            Kind kind,
            int connections,
            int settleMillis,
            int round,
            LoadChild load) {
        var slice =
                new Slice(
                        target.port(),
                        connections,
                        settleMillis,
                        pace.measureMillis,
                        target.model(),
                        kind,
                        stream ? MockAnswers.EVENTS : target.answerBytes());
        var loaded = load.run(slice, target.process());
        // Streams that straddle the ends of the stretch count by the part that fell into it.
        double answers =
                stream
                        ? (double) loaded.tally().events() / MockAnswers.EVENTS
                        : loaded.tally().requests();
        return new Measured(
                target.name(),
                connections,
                round,
                answers,
                loaded.cpuNanos(),
                target.process().memory().rssKib(),
                loaded.tally());
    }
}
