package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    record Size(
            String model, Quantisation quantisation, double published, double computed, String by) {
        /// Of the computed size, as a part of the published one.
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
        sizes().forEach(it -> say(row(it)));
        SpeedFit all = new SpeedFit();
        SpeedFit.Constants found = SpeedFit.fit(all.fitted());
        say(
                String.format(
                        Locale.ROOT,
                        "%n%d measurements: %.1f us a layer, %.3f of the bandwidth, off by %s;"
                                + " a layer of experts %.1f us more",
                        all.fitted().size(),
                        found.layer() * MICRO,
                        found.efficiency(),
                        percent(found.absolute(all.fitted())),
                        all.experts() * MICRO));
        machines("each machine under the constants of the others", all.leftOut());
        machines("other software and other machines, uncorrected", all.elsewhere());
        corrected(all.corrected());
        say("\nmixtures of experts, uncorrected");
        errors(all.mixtures());
        say("\nseveral streams at once");
        errors(SpeedFit.streams());
    }

    private static String row(Size it) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f | %.3f | %+.2f %% | %s |",
                it.model,
                it.quantisation,
                it.published / GIGABYTE,
                it.computed / GIGABYTE,
                100 * it.error(),
                it.by);
    }

    private static void machines(String title, List<SpeedFit.Machine> machines) {
        say("\n" + title + " (mean of all measurements " + percent(SpeedFit.mean(machines)) + ")");
        say("| hardware | measurements | off by | on average |");
        for (SpeedFit.Machine it : machines) {
            say(
                    "| "
                            + it.card()
                            + " | "
                            + it.count()
                            + " | "
                            + percent(it.absolute())
                            + " | "
                            + signed(it.signed())
                            + " |");
        }
    }

    private static void corrected(List<SpeedFit.Corrected> cards) {
        say("\neach model before and after the correction by others on its card");
        say("| hardware | measurements | uncorrected off by | corrected off by |");
        Stream.concat(cards.stream(), Stream.of(SpeedFit.sum(cards)))
                .forEach(it ->
                        say(
                                "| "
                                        + it.card()
                                        + " | "
                                        + it.count()
                                        + " | "
                                        + percent(it.before())
                                        + " | "
                                        + percent(it.after())
                                        + " |"));
    }

    private static void errors(Map<String, Double> errors) {
        errors.forEach((name, error) -> say("| " + name + " | " + signed(error) + " |"));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    private static String signed(double part) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * part);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
