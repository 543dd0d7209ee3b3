package dev.tierwise.evaluate;

import dev.tierwise.evaluate.Curve.Measured;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All figures of a dataset, of one of its tasks, or of all datasets together.
///
/// @param name of it
/// @param rows that were measured
/// @param learning what was learned from
/// @param quality of each tier's model alone, the small one first
/// @param routers ours: from prompts alone and, where answers are known, with them
/// @param whyNoCascade why answers are not among them; empty where they are
/// @param baselines what others would make of it
/// @param chance how far a router that tosses coins strays from an APGR of 0.5: its standard
///   deviation
/// @param points what comes of the user's goal
/// @param priced with three tiers what comes of falling prices of cost, by the router with the most
///   evidence; empty with two
/// @param floors how often promises are broken; null where none was asked for
/// @param whyNoFloor why they are not there although they were asked for; empty else
/// @param tasks the parts of a dataset
record Part(
        String name,
        int rows,
        Replay.Learning learning,
        List<Measured> quality,
        List<Router> routers,
        String whyNoCascade,
        List<Ranked> baselines,
        double chance,
        List<Point> points,
        List<Priced> priced,
        @Nullable Floors floors,
        String whyNoFloor,
        List<Part> tasks) {
    /// What a ranking of the rows by their need is worth.
    ///
    /// @param name of the ranking
    /// @param price of its calls
    /// @param apgr see [Curve#apgr]
    /// @param ofGap shares at which 50 and 80 % of the gap are closed, 0 to 1
    /// @param ofStrong shares at which 95, 98 and 100 % of the frontier's quality are reached
    /// @param atShare quality at [Curve#SHARES]
    /// @param points quality at each hundredth of the share
    record Ranked(
            String name,
            Price price,
            Measured apgr,
            List<Measured> ofGap,
            List<Measured> ofStrong,
            List<Measured> atShare,
            List<Double> points) {}

    /// What a call costs, by the share of the frontier.
    ///
    /// @param none when nothing goes to the frontier
    /// @param all when everything does
    record Price(double none, double all) {
        double at(double share) {
            return none + share * (all - none);
        }

        Measured at(Measured share) {
            return share.plus(none, all - none);
        }
    }

    /// What one of our own rankings is worth.
    ///
    /// @param method that ranks
    /// @param ranked its worth
    /// @param bins the same as RouteLLM takes it
    /// @param regret how much more quality the oracle has, in the mean over all shares
    /// @param heads how far the probabilities of each tier can be taken at their word
    record Router(
            Choice.Method method, Ranked ranked, Bins bins, Measured regret, List<Head> heads) {}

    /// How far probabilities can be taken at their word.
    ///
    /// @param ece expected calibration error in ten bins
    /// @param brier mean squared error
    record Head(double ece, double brier) {}

    /// What comes of a goal.
    ///
    /// @param choice by which rows went to tiers
    /// @param shares of the tiers
    /// @param quality of the answers
    /// @param cost of a row, in frontier calls
    /// @param regret how much more quality the oracle has with the same goal
    record Point(
            Choice choice, List<Double> shares, Measured quality, Measured cost, Measured regret) {}

    /// What comes of a price.
    ///
    /// @param lambda the quality that a frontier call has to bring
    /// @param cost of a row
    /// @param quality of the answers
    /// @param shares of the tiers
    record Priced(double lambda, double cost, double quality, List<Double> shares) {}

    Optional<Router> router(Choice.Method method) {
        return routers.stream().filter(router -> router.method == method).findFirst();
    }

    Optional<Ranked> baseline(String name) {
        return baselines.stream().filter(ranked -> ranked.name.equals(name)).findFirst();
    }

    Optional<Point> point(Choice.Method method, Choice.Aim aim) {
        return points.stream().filter(point -> point.choice.is(method, aim)).findFirst();
    }

    /// The router with the most evidence.
    Router best() {
        return routers.getLast();
    }

    Measured small() {
        return quality.getFirst();
    }

    Measured frontier() {
        return quality.getLast();
    }
}
