package dev.tierwise.app;

import dev.tierwise.evidence.Profile;
import dev.tierwise.evidence.Result;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Recommendation;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What `tw fit` prints of licences, evidence and hosted offers of the same model.
final class FitKnownText {
    private static final int MOST_OFFERS = 5;
    private static final int MOST_COMPARED = 3;
    private static final int MOST_RESULTS = 2;
    private static final int WIDTH = 13;

    private FitKnownText() {}

    /// A licence's name for a table; `?` when unknown.
    static String licence(Profile profile) {
        String name = profile.licence() == null ? "?" : profile.licence().name();
        return name.length() > WIDTH ? name.substring(0, WIDTH) : name;
    }

    /// Why a set is recommended, under which licences, and what speaks for its local model.
    static void recommended(FitReading reading, Recommendation set, PrintWriter out) {
        out.println("  why       " + set.local().model().id() + ": " + set.reason().says());
        set.reason().comparisons().stream()
                .limit(MOST_COMPARED)
                .forEach(it -> out.println("            " + it.says()));
        licence(reading, set.local().model(), out);
        if (set.second() != null) {
            licence(reading, set.second().model(), out);
        }
        FitKnown known = reading.known(set.local().model());
        List<Result> results = surest(known.results());
        if (results.isEmpty()) {
            out.println("  evidence  none is known of " + set.local().model().id());
        }
        for (Result result : results) {
            out.println("  evidence  " + result.says() + " (" + result.told() + ")");
        }
    }

    private static void licence(FitReading reading, ModelShape model, PrintWriter out) {
        FitKnown known = reading.known(model);
        out.println(
                "  licence   "
                        + model.id()
                        + ": "
                        + known.licence()
                        + source(known.profile())
                        + (known.profile().barred()
                                ? ". Nothing else fits: do not use it in a business"
                                : ""));
    }

    private static String source(Profile profile) {
        return profile.licence() == null ? "" : " (" + profile.licence().source() + ")";
    }

    /// The results of the most answers first, then those without an interval.
    private static List<Result> surest(List<Result> results) {
        return results.stream()
                .sorted(
                        Comparator.<Result>comparingInt(
                                        it -> it.interval() == null ? 0 : -it.interval().answers())
                                .thenComparing(it -> !it.work().equals("knowledge")))
                .limit(MOST_RESULTS)
                .toList();
    }

    /// All that is known of one model.
    static void print(FitReading.One one, PrintWriter out) {
        FitKnown known = one.known();
        ModelShape model = one.load().model();
        Profile profile = known.profile();
        out.println();
        out.println("Known of " + model.id());
        out.println("  licence   " + known.licence() + source(profile));
        out.println(
                "  abilities "
                        + (profile.abilities().isEmpty()
                                ? "unknown"
                                : String.join(", ", profile.abilities())
                                        + " ("
                                        + profile.abilitiesSource()
                                        + ")"));
        if (profile.released() != null) {
            out.println("  released  " + profile.released());
        }
        out.println(
                "  context   "
                        + (model.context() == null
                                ? "unknown"
                                : String.format(Locale.ROOT, "up to %,d tokens", model.context())));
        out.println("  shape     " + model.source());
        if (!known.given().isEmpty() && known.own() != null) {
            String values =
                    known.given().entrySet().stream()
                            .map(it -> it.getKey() + " " + it.getValue() + "g")
                            .collect(Collectors.joining(", "));
            out.println("  given     " + values + " (" + known.own().told() + ")");
        }
        if (known.results().isEmpty()) {
            out.println("  evidence  none is known of it");
        }
        for (Result result : known.results()) {
            out.printf(
                    "  %-9s %-12s %s (%s)%n",
                    result.equals(known.results().getFirst()) ? "evidence" : "",
                    result.work(),
                    result.says(),
                    result.told());
        }
        offers(one, out);
    }

    private static void offers(FitReading.One one, PrintWriter out) {
        double requests = one.day() == null ? 1 : one.day().requests().value();
        String per = one.day() == null ? "a request" : "a day";
        one.known().offers().stream()
                .limit(MOST_OFFERS)
                .forEach(offer ->
                        out.printf(
                                Locale.ROOT,
                                "  hosted    $%,.4f %s at %s as %s (%s)%n",
                                requests * offer.request().nanos() / 1e9,
                                per,
                                offer.backend(),
                                offer.model(),
                                since(offer.since())));
        if (one.known().offers().isEmpty()) {
            out.println("  hosted    no price of the same model is known");
        }
    }

    private static String since(LocalDate day) {
        return day.equals(LocalDate.EPOCH) ? "price of an unknown day" : "price since " + day;
    }
}
