package dev.tierwise.fit;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.evidence.Comparison;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a machine's local tier should have loaded at once: a model that answers, a second small one
/// of another family whose agreement tells good answers from bad ones, and an embedder.
///
/// @param device where all of them lie
/// @param local the model that answers
/// @param second the model whose agreement is asked; null where none fits beside it
/// @param embedder the embedder's file
/// @param together all plans, and what is left
/// @param one tokens a second of the local model's one stream; null when unknown
/// @param all of all its slots; null when unknown
/// @param reason why this local model and no other that fits
public record Recommendation(
        Device device,
        Load local,
        @Nullable Load second,
        Figure embedder,
        Together together,
        @Nullable Figure one,
        @Nullable Figure all,
        Reason reason) {
    /// Why a model is recommended.
    ///
    /// @param says in words for people
    /// @param comparisons of it with others that fit, by what may be held against each other; the
    ///   largest of those first, the recommended one is always the `other`
    public record Reason(String says, List<Comparison> comparisons) {
        private static final Reason NONE = new Reason("", List.of());

        public Reason {
            comparisons = List.copyOf(comparisons);
        }
    }

    /// A small embedder in F32, as its file is: all-MiniLM-L6-v2 in ONNX.
    private static final Figure EMBEDDER =
            Figure.published(90_984_153, "the file of all-MiniLM-L6-v2 in F32");

    /// Small language models: narrow work does not need more.
    private static final long LARGEST = 15_000_000_000L;

    private static final long SMALLEST = 900_000_000L;

    /// The second model is asked beside every doubtful answer and has to be fast.
    private static final long LARGEST_SECOND = 4_500_000_000L;

    /// By how much sizes may differ that count as one.
    private static final double ALIKE = .15;

    /// A number in a name that is no size.
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?(?![\\d.]*b)");

    /// Slower than people read is no service.
    private static final double SLOWEST = 10;

    /// What a family's names begin with, where letters alone do not tell it.
    private static final String DISTILLED = "deepseek-r1-distill-";

    /// What to load; nothing where no model fits, or where the machine's memory is unknown.
    ///
    /// @param wish context and slots of the local model; the second has one slot
    static Optional<Recommendation> of(Advice advice, Machine machine, Advice.Wish wish) {
        for (Device device : machine.devices()) {
            Optional<Recommendation> found = on(advice, device, wish);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// Models that may not be used commercially come only where no other fits.
    private static Optional<Recommendation> on(Advice advice, Device device, Advice.Wish wish) {
        List<Load> locals = candidates(advice, wish, LARGEST);
        List<Load> allowed = locals.stream().filter(load -> !barred(advice, load)).toList();
        return among(advice, device, wish, allowed).or(() -> among(advice, device, wish, locals));
    }

    private static boolean barred(Advice advice, Load load) {
        return advice.evidence().profile(load.model().id()).barred();
    }

    private static Optional<Recommendation> among(
            Advice advice, Device device, Advice.Wish wish, List<Load> locals) {
        List<Load> small = seconds(advice, wish);
        var alone = new ArrayList<Recommendation>();
        var paired = new ArrayList<Recommendation>();
        for (Load local : locals) {
            Recommendation single = with(advice, device, local, null);
            if (single != null) {
                alone.add(single);
                // the smallest is asked first, for it fits where any does
                if (beside(advice, single, small.reversed()).findFirst().isPresent()) {
                    paired.add(single);
                }
            }
        }
        List<Recommendation> sets =
                latest(paired.isEmpty() ? alone : paired, set -> set.local.model());
        return sets.isEmpty()
                ? smallest(advice, device, locals)
                : Optional.of(paired(advice, small, Champion.of(sets, advice.evidence())));
    }

    private static List<Load> seconds(Advice advice, Advice.Wish wish) {
        return candidates(advice, wish, LARGEST_SECOND).stream()
                .filter(load -> !barred(advice, load))
                .map(load -> load.withSlots(1))
                .toList();
    }

    /// Those second models that there is room for beside a local one.
    private static Stream<Load> beside(Advice advice, Recommendation single, List<Load> seconds) {
        ModelShape local = single.local.model();
        return seconds.stream()
                .filter(load -> !family(load.model()).equals(family(local)))
                .filter(load -> size(load.model()) <= size(local))
                .filter(load -> with(advice, single.device, single.local, load) != null);
    }

    /// The same with the best second model that there is room for; alone where there is none.
    private static Recommendation paired(Advice advice, List<Load> seconds, Recommendation single) {
        List<Load> fitting = beside(advice, single, seconds).toList();
        return Champion.load(latest(fitting, Load::model), advice.evidence())
                .map(second -> any(advice, single.device, single.local, second))
                .map(set -> set.because(single.reason))
                .orElse(single);
    }

    /// Where nothing is fast, what is fastest: the smallest model.
    private static Optional<Recommendation> smallest(
            Advice advice, Device device, List<Load> locals) {
        return locals.reversed().stream()
                .map(local -> any(advice, device, local, null))
                .filter(it -> it.together().verdict() instanceof Together.Verdict.Fits)
                .findFirst()
                .map(it ->
                        it.because(new Reason("the smallest, for none is fast here", List.of())));
    }

    /// The same for a reason.
    Recommendation because(Reason why) {
        return new Recommendation(device, local, second, embedder, together, one, all, why);
    }

    /// Whether the local model writes more slowly than people read.
    public boolean slow() {
        return one != null && one.value() < SLOWEST;
    }

    /// Models of the usual quantisation whose size is known, the largest first.
    private static List<Load> candidates(Advice advice, Advice.Wish wish, long largest) {
        return advice.shapes().all().stream()
                .filter(model -> size(model) <= largest && size(model) >= SMALLEST)
                .filter(model -> model.tag().isPresent() && !model.id().startsWith(DISTILLED))
                .sorted(Comparator.comparingLong(Recommendation::size).reversed())
                .map(model -> wish.of(model, model.usual()))
                .toList();
    }

    private static long size(ModelShape model) {
        return model.parameters() == null ? 0 : model.parameters();
    }

    /// Whether one model is of another's family and about its size, and of a later generation.
    private static boolean follows(ModelShape one, ModelShape other) {
        double ratio = (double) size(one) / size(other);
        return family(one).equals(family(other))
                && ratio > 1 - ALIKE
                && ratio < 1 + ALIKE
                && generation(one) > generation(other);
    }

    /// Those that no later one of their family and size makes old.
    private static <T> List<T> latest(List<T> all, Function<T, ModelShape> model) {
        return all.stream()
                .filter(it ->
                        all.stream()
                                .noneMatch(other -> follows(model.apply(other), model.apply(it))))
                .toList();
    }

    /// The first number of a name that is no size, which is that of the generation.
    private static double generation(ModelShape model) {
        Matcher number = NUMBER.matcher(model.id());
        return number.find() ? Double.parseDouble(number.group()) : 0;
    }

    /// The letters that a name begins with.
    private static String family(ModelShape model) {
        return model.id().replaceFirst("[^a-z].*", "").replaceFirst("^ministral$", "mistral");
    }

    private static @Nullable Recommendation with(
            Advice advice, Device device, Load local, @Nullable Load second) {
        Recommendation set = any(advice, device, local, second);
        boolean fits = set.together.verdict() instanceof Together.Verdict.Fits;
        return fits && !set.slow() ? set : null;
    }

    private static Recommendation any(
            Advice advice, Device device, Load local, @Nullable Load second) {
        List<Load> loads = second == null ? List.of(local) : List.of(local, second);
        return new Recommendation(
                device,
                local,
                second,
                EMBEDDER,
                Together.on(device, loads, EMBEDDER),
                advice.speed().one(device, local, 0).orElse(null),
                advice.speed().all(device, local, 0).orElse(null),
                Reason.NONE);
    }
}
