package dev.tierwise.fit;

import dev.tierwise.core.Figure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Prints how far the planner's figures are off: file sizes against published ones, speeds against
/// measured ones, and the constants of `Speed` as they are found anew.
///
/// Usage: `java -cp gateway/target/dist/lib/gateway.jar dev.tierwise.fit.FitReport` after a build
final class FitReport {
    private static final double GIGABYTE = 1e9;
    private static final double MICRO = 1e6;

    private FitReport() {}

    /// A published size beside the computed one.
    ///
    /// @param error of the computed size, as a part of the published one
    record Size(
            String model, Quantisation quantisation, double published, double computed, String by) {
        double error() {
            return computed / published - 1;
        }
    }

    /// All models with both.
    static List<Size> sizes() {
        return Shapes.load().all().stream()
                .flatMap(model -> Weights.of(model, model.usual()).stream())
                .flatMap(weights -> {
                    Figure published = weights.published();
                    Figure computed = weights.computed();
                    return published == null || computed == null
                            ? Stream.empty()
                            : Stream.of(
                                    new Size(
                                            weights.shape().id(),
                                            weights.shape().usual(),
                                            published.value(),
                                            computed.value(),
                                            published.source()));
                })
                .toList();
    }

    static void main() {
        say("| model | quantisation | published GB | computed GB | off | by |");
        sizes().forEach(it ->
                say(
                        "| %s | %s | %.3f | %.3f | %+.2f %% | %s |",
                        it.model,
                        it.quantisation,
                        it.published / GIGABYTE,
                        it.computed / GIGABYTE,
                        100 * it.error(),
                        it.by));
        SpeedFit all = new SpeedFit();
        SpeedFit.Constants found = SpeedFit.fit(all.fitted());
        say(
                "%n%d measurements: %.1f us a layer, %.3f of the bandwidth, off by %.1f %%;"
                        + " a layer of experts %.1f us more",
                all.fitted().size(),
                found.layer() * MICRO,
                found.efficiency(),
                100 * found.absolute(all.fitted()),
                all.experts() * MICRO);
        machines("each machine under the constants of the others", all.leftOut());
        machines("other software and other machines, uncorrected", all.elsewhere());
        machines("each model corrected by others on its card", all.corrected());
        say("%nmixtures of experts, uncorrected");
        all.mixtures().forEach((name, error) -> say("| %s | %+.1f %% |", name, 100 * error));
        say("%nseveral streams at once");
        SpeedFit.streams().forEach((name, error) -> say("| %s | %+.1f %% |", name, 100 * error));
    }

    private static void machines(String title, List<SpeedFit.Machine> machines) {
        say("%n%s (mean of all measurements %.1f %%)", title, 100 * SpeedFit.mean(machines));
        say("| hardware | measurements | off by | on average |");
        machines.forEach(it ->
                say(
                        "| %s | %d | %.1f %% | %+.1f %% |",
                        it.card(), it.count(), 100 * it.absolute(), 100 * it.signed()));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
