package dev.tierwise.app;

import dev.tierwise.calibrate.Floor;
import dev.tierwise.config.Config;
import dev.tierwise.experience.Experience;
import dev.tierwise.flow.Learning;
import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import dev.tierwise.route.Aim;
import dev.tierwise.route.Lessons;
import dev.tierwise.route.Wits;
import org.jspecify.annotations.Nullable;

/// What routers decide with, and what outlives a reload of the configuration: how far the aim has
/// come, and what traffic has taught. Thread-safe.
final class Steering {
    private final Prior prior = Prior.shipped();
    private final AnswerHead head = AnswerHead.shipped();
    private final Experience experience;
    private @Nullable Declared declared;

    Steering(Experience experience) {
        this.experience = experience;
    }

    private record Declared(Config.Routing.Aim aim, double quality, Aim held) {}

    /// What the router of a configuration decides with.
    Wits wits(Config config) {
        Config.Routing.Checks checks = config.routing().checks();
        return new Wits(
                aim(config),
                prior,
                head,
                lessons(config.routing()),
                new Wits.Checks(
                        checks.cascade(),
                        model(checks.second()),
                        checks.samples(),
                        model(checks.judge()),
                        checks.whole()));
    }

    private static @Nullable String model(String word) {
        return word.equals(Config.Routing.Checks.OFF) ? null : word;
    }

    /// How the traffic of a configuration teaches.
    Learning learning(Config config) {
        Config.Routing routing = config.routing();
        return new Learning(experience, routing.learn(), routing.explore());
    }

    /// The aim goes on where it stood as long as its declaration stays the same.
    private synchronized Aim aim(Config config) {
        Config.Routing.Aim wished = config.routing().aim();
        Declared before = declared;
        if (before != null && before.aim.equals(wished) && before.quality == config.quality()) {
            return before.held;
        }
        Aim fresh =
                switch (wished) {
                    case Config.Routing.Aim.Quality _ -> Aim.quality(config.quality());
                    case Config.Routing.Aim.Budget(double dollars) -> Aim.budget(dollars);
                    case Config.Routing.Aim.Shares(var targets) -> Aim.shares(targets);
                };
        declared = new Declared(wished, config.quality(), fresh);
        return fresh;
    }

    private Lessons lessons(Config.Routing routing) {
        return new Lessons() {
            @Override
            public double corrected(String model, String task, double[] traits, double foretold) {
                return routing.learn()
                        ? experience.corrected(model, task, traits, foretold)
                        : foretold;
            }

            @Override
            public double judged(String model, String task, double probability) {
                return routing.learn() ? experience.judged(model, task, probability) : probability;
            }

            @Override
            public Claim claim() {
                Config.Routing.Guarantee wanted = routing.guarantee();
                return wanted == null
                        ? Claim.NONE
                        : told(experience.guarantee(wanted.worse(), wanted.confidence()), wanted);
            }
        };
    }

    private static Lessons.Claim told(Floor.Verdict verdict, Config.Routing.Guarantee wanted) {
        return switch (verdict) {
            case Floor.Held held ->
                    new Lessons.Claim(
                            held.threshold(),
                            "worse than the frontier on at most %.1f %% of requests, %.0f %% sure, by %d rows"
                                    .formatted(
                                            held.bound() * 100,
                                            wanted.confidence() * 100,
                                            held.rows()));
            case Floor.NotEnough few ->
                    new Lessons.Claim(
                            null,
                            "not enough data yet: %d of about %d rows"
                                    .formatted(few.rows(), few.needed()));
        };
    }
}
