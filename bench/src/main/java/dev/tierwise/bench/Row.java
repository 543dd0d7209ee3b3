package dev.tierwise.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// One line of a table: all rounds of one target at one number of connections.
///
/// @param target the target's name
/// @param connections requests under way
/// @param cpuMicros CPU time per answer
/// @param coarse whether the CPU time of a slice was too short to be worth much
/// @param ratio CPU time per answer against the Netty relay in the same round; null without one
/// @param p50Millis median latency
/// @param p99Millis 99th percentile of latency
/// @param addedMillis median latency above that of no gateway in the same round
/// @param perSecond answers a second
/// @param rssKib the largest resident memory at the end of a slice
/// @param errors wrong or missing answers in all rounds
record Row(
        String target,
        int connections,
        Spread cpuMicros,
        boolean coarse,
        Optional<Spread> ratio,
        Spread p50Millis,
        Spread p99Millis,
        Optional<Spread> addedMillis,
        Spread perSecond,
        long rssKib,
        long errors) {
    private static final long SHORT_NANOS = 50_000_000;

    /// @param target whose row
    /// @param connections at how many connections
    /// @param all slices of all targets
    static Row of(String target, int connections, List<Measured> all) {
        List<Measured> own = of(all, target, connections).toList();
        return new Row(
                target,
                connections,
                spread(own, Measured::cpuMicros),
                own.stream().anyMatch(slice -> slice.cpuNanos() < SHORT_NANOS),
                against(
                        own,
                        of(all, Target.RELAY, connections).toList(),
                        (mine, its) -> mine.cpuMicros() / its.cpuMicros()),
                spread(own, Measured::p50Millis),
                spread(own, Measured::p99Millis),
                against(
                        own,
                        of(all, Target.DIRECT, connections).toList(),
                        (mine, its) -> mine.p50Millis() - its.p50Millis()),
                spread(own, Measured::answersPerSecond),
                own.stream().mapToLong(Measured::rssKib).max().orElse(0),
                own.stream().mapToLong(slice -> slice.tally().errors()).sum());
    }

    private static Stream<Measured> of(List<Measured> all, String target, int connections) {
        return all.stream()
                .filter(slice -> slice.target().equals(target))
                .filter(slice -> slice.connections() == connections);
    }

    private static Spread spread(List<Measured> slices, ToDoubleFunction<Measured> figure) {
        return Spread.of(slices.stream().mapToDouble(figure).boxed().toList());
    }

    private interface Comparison {
        double of(Measured mine, Measured its);
    }

    private static Optional<Spread> against(
            List<Measured> own, List<Measured> base, Comparison comparison) {
        List<Double> values =
                own.stream()
                        .flatMap(mine ->
                                base.stream()
                                        .filter(its -> its.round() == mine.round())
                                        .map(its -> comparison.of(mine, its)))
                        .filter(Double::isFinite)
                        .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }
}
