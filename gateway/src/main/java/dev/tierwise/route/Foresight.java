package dev.tierwise.route;

import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;
import dev.tierwise.predict.Eye;
import dev.tierwise.predict.Forecast;
import dev.tierwise.predict.Prior;
import dev.tierwise.predict.Sight;
import dev.tierwise.predict.SizeClass;
import dev.tierwise.verify.Question;
import dev.tierwise.verify.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Foretells how likely each model is to answer a prompt well: what benchmarks teach of models of
/// its size, moved to everyday requests, and corrected by what the user's own traffic has taught.
/// Immutable, thread-safe, microseconds.
final class Foresight {
    /// Logits that narrow everyday tasks are easier than the benchmarks' questions, which are made
    /// to be hard. Declared, not measured: no public set has such requests with the results of
    /// small and large models. The user's own feedback corrects it.
    private static final double NARROW = 2.2;

    /// For conversation, of which benchmarks of right and wrong answers know nothing: the logit of
    /// a good answer at a difficulty of 0.3, and how it falls with a rising one, for each
    /// [SizeClass]. Declared so that small models take what looks easy, and corrected by feedback.
    private static final double[] CHAT = {1.8, 2.1, 2.5, 2.8};

    private static final double[] CHAT_FALL = {4, 3.5, 2.6, 1.2};

    private static final double EASY = 0.3;

    private final Prior prior;
    private final Lessons lessons;

    Foresight(Prior prior, Lessons lessons) {
        this.prior = prior;
        this.lessons = lessons;
    }

    /// Looks at a prompt.
    ///
    /// @param named the task, if the client named one
    Look look(Prompt prompt, @Nullable String named) {
        Question question = Question.of(prompt);
        String task = named == null ? question.task().name().toLowerCase(Locale.ROOT) : named;
        Sight sight = Eye.see(prompt);
        return new Look(question, task, sight, prior.traits(sight), Difficulty.of(prompt));
    }

    /// Makes a candidate of a model and the chance that was foretold.
    interface Maker {
        Candidate make(ModelCard model, double foretold);
    }

    /// The candidates. None has a lower chance than one of a smaller tier.
    ///
    /// @param models in rising order of their tiers
    List<Candidate> candidates(Look look, List<ModelCard> models, Maker maker) {
        var candidates = new ArrayList<Candidate>(models.size());
        for (ModelCard model : models) {
            double foretold = foretold(look, size(model));
            double good = lessons.corrected(model.name(), look.task(), look.traits(), foretold);
            for (Candidate smaller : candidates) {
                boolean below = smaller.model().tier().compareTo(model.tier()) < 0;
                good = below ? Math.max(good, smaller.good()) : good;
            }
            candidates.add(maker.make(model, foretold).chance(good));
        }
        return candidates;
    }

    /// What in the prompt speaks for the last of these candidates against the first; nothing for
    /// conversation, of which benchmarks know nothing.
    List<Forecast.Reason> reasons(Look look, List<Candidate> candidates) {
        if (look.question().task() == Task.CHAT) {
            return List.of();
        }
        List<String> names = candidates.stream().map(it -> it.model().remoteName()).toList();
        return Forecast.of(prior, look.sight(), names).reasons();
    }

    /// A name that tells no size is taken for a usual one of its tier.
    static SizeClass size(ModelCard model) {
        return SizeClass.of(
                model.remoteName(),
                switch (model.tier()) {
                    case LOCAL -> SizeClass.SMALL;
                    case MID -> SizeClass.LARGE;
                    case FRONTIER -> SizeClass.FRONTIER;
                });
    }

    private double foretold(Look look, SizeClass size) {
        return switch (look.question().task()) {
            case CHOICE, MATHS, CODE -> prior.good(size, look.traits());
            case CLASSIFICATION, EXTRACTION, SUMMARY, TRANSLATION, STRUCTURED ->
                    chance(logit(prior.good(size, look.traits())) + NARROW);
            case CHAT -> {
                int place = Arrays.asList(SizeClass.values()).indexOf(size);
                double hard = look.difficulty().score() - EASY;
                yield chance(CHAT[place] - CHAT_FALL[place] * hard);
            }
        };
    }

    private static double logit(double probability) {
        double held = Math.clamp(probability, 1e-6, 1 - 1e-6);
        return Math.log(held / (1 - held));
    }

    private static double chance(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
