package dev.tierwise.bench;

import dev.tierwise.bench.micro.Stages;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The stages of a request under JMH.
///
/// @param quick whether to measure for a moment only
record Micro(boolean quick) {
    /// @param stage the method of [Stages]
    /// @param nanos average time
    /// @param error half of the 99.9 % confidence interval of the time
    /// @param bytes allocated each time
    record Figure(String stage, double nanos, double error, double bytes) {}

    Part run(String command) {
        double before = Machine.load();
        var options =
                new OptionsBuilder()
                        .include(Stages.class.getName() + ".*")
                        .forks(quick ? 1 : 2)
                        .warmupIterations(quick ? 2 : 5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(quick ? 2 : 5)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs(Commands.JVM.toArray(String[]::new))
                        .addProfiler(GCProfiler.class)
                        .build();
        try {
            Collection<RunResult> results = new Runner(options, toStandardError()).run();
            List<Figure> figures = results.stream().map(Micro::figure).toList();
            String origin = Part.origin(command, before, List.of());
            return new Part("stages", origin + markdown(figures), figures);
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH gave up", e);
        }
    }

    private static OutputFormat toStandardError() {
        return OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);
    }

    @SuppressWarnings("rawtypes") // JMH gives out its results without their type.
    private static Figure figure(RunResult result) {
        Result time = result.getPrimaryResult();
        double bytes =
                result.getSecondaryResults().entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                        .mapToDouble(entry -> entry.getValue().getScore())
                        .findFirst()
                        .orElse(Double.NaN);
        return new Figure(time.getLabel(), time.getScore(), time.getScoreError(), bytes);
    }

    private static String markdown(List<Figure> figures) {
        var table = new Table("stage", "ns", "± ns", "bytes allocated");
        for (Figure figure : figures) {
            table.row(
                    "`" + figure.stage() + "`",
                    Part.number("%.0f", figure.nanos()),
                    Double.isNaN(figure.error()) ? "–" : Part.number("%.0f", figure.error()),
                    Part.number("%.0f", figure.bytes()));
        }
        return table.markdown();
    }
}
