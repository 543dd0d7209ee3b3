package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides where a request begins that nobody named a model for: with a model whose answer is
/// judged, or directly with one whose answer is taken. Thread-safe.
final class Chooser {
    private final Wits wits;
    private final List<Tier> tiers;
    private final Foresight foresight;
    private final Judge judge;
    private final Sessions sessions = new Sessions();

    /// @param tiers that have models at all
    Chooser(Wits wits, List<Tier> tiers) {
        this.wits = wits;
        this.tiers = List.copyOf(tiers);
        this.foresight = new Foresight(wits.prior(), wits.lessons());
        this.judge = new Judge(wits.head(), wits.prior(), wits.lessons());
    }

    /// A beginning.
    ///
    /// @param place in the candidates
    /// @param judged whether the plan counts on a look at its answer
    private record Start(int place, boolean judged) {}

    /// @param open the models that may and can answer, in rising order of tiers; one at least
    Plan plan(Ask ask, Wish wish, List<ModelCard> open, List<Plan.Veto> vetoes) {
        Prompt prompt = ask.clearance().prompt();
        Look look = foresight.look(prompt, ask.caller().task());
        long conversation =
                Sessions.conversation(
                        prompt, ask.caller().key(), ask.header().apply(Ask.CONVERSATION));
        List<Candidate> candidates = candidates(ask, look, open, conversation);
        Turn turn = turn(ask.caller().quality());
        Start start = start(candidates, look, turn, ask);
        List<Candidate> steps = order(candidates, start.place(), ask);
        Lessons.Claim claim = wits.lessons().claim();
        Cascade.Means means = means(candidates, steps.getFirst(), claim, ask);
        Course course =
                wits.checks().cascade()
                        ? new Cascade(
                                look,
                                steps,
                                turn,
                                means,
                                judge,
                                (model, tokens) ->
                                        sessions.sit(
                                                conversation,
                                                new Sessions.Seat(model.name(), tokens)))
                        : new Unjudged(look, steps, turn);
        Candidate second = means.second();
        return new Plan(
                steps.getFirst().model().tier(),
                wish.reason() + reason(steps, course.judges(0), open.getFirst().tier(), wish, ask),
                new Outlook(
                        wits.aim().words(),
                        look.task(),
                        look.difficulty(),
                        steps,
                        course.judges(0),
                        second == null ? "" : second.model().name(),
                        () -> foresight.reasons(look, steps),
                        () -> wits.aim().progress(),
                        claim.words()),
                steps.stream().map(Candidate::model).toList(),
                vetoes,
                course,
                null);
    }

    /// A request whose client says how good its answer must be is weighed by that, and counted for
    /// the aim.
    private Turn turn(@Nullable Double quality) {
        if (quality == null) {
            return wits.aim().turn(tiers);
        }
        Turn wished = Aim.quality(quality).turn(tiers);
        return new Turn() {
            @Override
            public double worth(Way way, double best) {
                return wished.worth(way, best);
            }

            @Override
            public int settle(List<Way> ways, double best) {
                return wished.settle(ways, best);
            }

            @Override
            public void ended(Tier tier, double dollars) {
                wits.aim().forced(tier, dollars, tiers);
            }
        };
    }

    private List<Candidate> candidates(
            Ask ask, Look look, List<ModelCard> open, long conversation) {
        Effort effort = Effort.of(ask.clearance().prompt(), look.question().task());
        Sessions.Seat seat = sessions.of(conversation);
        var places = new EnumMap<Tier, Integer>(Tier.class);
        return foresight.candidates(
                look,
                open,
                (model, foretold) -> {
                    long cached = seat == null ? 0 : seat.cached(model.name());
                    return new Candidate(
                            model,
                            foretold,
                            foretold,
                            effort.dollars(model, ask.day(), cached),
                            Effort.priceKnown(model, ask.day()),
                            effort.seconds(model, ask.pace().apply(model.name()), cached),
                            places.merge(model.tier(), 1, Integer::sum) - 1);
                });
    }

    /// The beginning that is worth most. A try is worth what comes of a look at its answer; models
    /// that are down or too slow are left out unless all are.
    private Start start(List<Candidate> candidates, Look look, Turn turn, Ask ask) {
        List<Integer> able = able(candidates, ask);
        double best = 0;
        for (int place : able) {
            best = Math.max(best, candidates.get(place).good());
        }
        Start start = null;
        double most = Double.NEGATIVE_INFINITY;
        List<Way> ways = new ArrayList<>(able.size());
        for (int place : able) {
            Candidate candidate = candidates.get(place);
            ways.add(candidate.way());
            double direct = turn.worth(candidate.way(), best);
            if (direct > most) {
                most = direct;
                start = new Start(place, false);
            }
            double tried = tried(candidates, able, place, look, turn, best);
            if (tried > most) {
                most = tried;
                start = new Start(place, true);
            }
        }
        if (start == null || start.judged()) {
            return start == null ? new Start(0, false) : start;
        }
        return new Start(able.get(turn.settle(ways, best)), false);
    }

    private double tried(
            List<Candidate> candidates,
            List<Integer> able,
            int place,
            Look look,
            Turn turn,
            double best) {
        Candidate first = candidates.get(place);
        List<Way> above = new ArrayList<>();
        for (int other : able) {
            if (candidates.get(other).model().tier().compareTo(first.model().tier()) > 0) {
                above.add(candidates.get(other).way());
            }
        }
        if (!wits.checks().cascade() || above.isEmpty()) {
            return Double.NEGATIVE_INFINITY;
        }
        boolean prose = Cascade.isProse(look.question().task());
        boolean asks = wits.checks().second() != null && second(candidates, first, null) != null;
        Power power = prose ? Power.PROSE : asks ? Power.AGREEMENT : Power.CHECKS;
        return new Fork(turn, above).worth(first.way(), power, first.spent(), best);
    }

    private static List<Integer> able(List<Candidate> candidates, Ask ask) {
        double deadline = ask.deadline();
        var able = new ArrayList<Integer>();
        var healthy = new ArrayList<Integer>();
        for (int i = 0; i < candidates.size(); i++) {
            if (ask.healthy().test(candidates.get(i).model().name())) {
                healthy.add(i);
                if (candidates.get(i).seconds() <= deadline) {
                    able.add(i);
                }
            }
        }
        if (!able.isEmpty()) {
            return able;
        }
        if (healthy.isEmpty()) {
            return List.of(0);
        }
        int quickest = healthy.getFirst();
        for (int place : healthy) {
            boolean quicker = candidates.get(place).seconds() < candidates.get(quickest).seconds();
            quickest = quicker ? place : quickest;
        }
        return List.of(quickest);
    }

    /// The beginning first, then its own tier, then those above, for the case that it fails; a
    /// smaller tier never answers for a larger one without a word. Who is down comes last.
    private static List<Candidate> order(List<Candidate> candidates, int place, Ask ask) {
        Candidate first = candidates.get(place);
        Tier from = first.model().tier();
        var steps = new ArrayList<Candidate>();
        steps.add(first);
        for (int i = 0; i < candidates.size(); i++) {
            if (i != place && candidates.get(i).model().tier().compareTo(from) >= 0) {
                steps.add(candidates.get(i));
            }
        }
        steps.sort(Comparator.comparing(step -> !ask.healthy().test(step.model().name())));
        return steps;
    }

    private Cascade.Means means(
            List<Candidate> candidates, Candidate first, Lessons.Claim claim, Ask ask) {
        Wits.Checks checks = wits.checks();
        Candidate second = second(candidates, first, ask);
        Candidate judging =
                switch (checks.judge()) {
                    case null -> null;
                    case Wits.Checks.AUTO -> second;
                    case String name -> named(candidates, name);
                };
        return new Cascade.Means(second, checks.samples(), judging, checks.whole(), claim);
    }

    /// The small model that is asked for its agreement: the one named, or the quickest local one of
    /// another family than the first.
    private @Nullable Candidate second(
            List<Candidate> candidates, Candidate first, @Nullable Ask ask) {
        String wanted = wits.checks().second();
        if (wanted == null) {
            return null;
        }
        if (!wanted.equals(Wits.Checks.AUTO)) {
            return named(candidates, wanted);
        }
        Candidate found = null;
        for (Candidate candidate : candidates) {
            ModelCard model = candidate.model();
            boolean fits =
                    model.tier() == Tier.LOCAL
                            && !family(model).equals(family(first.model()))
                            && (ask == null || ask.healthy().test(model.name()));
            if (fits && (found == null || candidate.seconds() < found.seconds())) {
                found = candidate;
            }
        }
        return found;
    }

    private static @Nullable Candidate named(List<Candidate> candidates, String name) {
        for (Candidate candidate : candidates) {
            if (candidate.model().name().equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    /// The letters that a model's own name begins with, such as `llama` of `meta/llama3.2:3b`.
    static String family(ModelCard model) {
        String name = model.remoteName().toLowerCase(Locale.ROOT);
        int from = name.lastIndexOf('/') + 1;
        int to = from;
        while (to < name.length() && Character.isLetter(name.charAt(to))) {
            to++;
        }
        return name.substring(from, to);
    }

    private String reason(
            List<Candidate> steps, boolean judged, Tier lowestOpen, Wish wish, Ask ask) {
        Candidate first = steps.getFirst();
        double best = first.good();
        for (Candidate step : steps) {
            best = Math.max(best, step.good());
        }
        Double quality = ask.caller().quality();
        String words =
                "good "
                        + Figures.hundredths(first.good())
                        + " of at best "
                        + Figures.hundredths(best)
                        + " ("
                        + (quality == null
                                ? wits.aim().words()
                                : "quality " + Figures.hundredths(quality))
                        + ")"
                        + (judged ? ", its answer is judged" : "");
        if (tiers.getLast().compareTo(wish.maxTier()) > 0) {
            words += "; held to " + wish.maxTier().word();
        }
        Tier lowest = tiers.getFirst();
        if (lowest.compareTo(lowestOpen) < 0) {
            words += "; no open model in " + lowest.word() + ", so " + first.model().tier().word();
        }
        return words;
    }
}
