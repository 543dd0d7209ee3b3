package dev.tierwise.calibrate;

/// Tests for means of bounded numbers.
final class Proof {
    /// The part of the capital that a bet can lose at most.
    static final double BOLDEST = 0.75;

    private Proof() {}

    /// The p-value of "the mean of these gains is not above 0", by betting (Waudby-Smith, Ramdas
    /// 2020, Estimating Means of Bounded Random Variables by Betting, arXiv 2010.09686): capital
    /// starts at 1 and is multiplied with `1 + bet * gain`, with bets chosen from earlier rows
    /// (their predictable plug-in for a fixed number of rows). Were the mean not above 0, capital
    /// would reach 1/p with a chance of p at most (Ville's inequality), for any number of rows.
    ///
    /// @param gains independent and in random order, each from `-worst` to 1
    /// @param worst the largest loss, above 0
    /// @param doubt the p-value that the bets are made for, such as 0.05; valid with any
    static double notAboveZero(double[] gains, double worst, double doubt) {
        double most = BOLDEST / worst;
        double bold = 2 * Math.log(1 / doubt) / gains.length;
        double mean = 0;
        double squares = 0.25;
        double capital = 0;
        double highest = 0;
        for (int i = 0; i < gains.length; i++) {
            double variance = squares / (i + 1);
            double bet = Math.min(Math.sqrt(bold / Math.max(variance, 1e-12)), most);
            capital += Math.log1p(bet * gains[i]);
            highest = Math.max(highest, capital);
            mean += (gains[i] - mean) / (i + 2);
            squares += (gains[i] - mean) * (gains[i] - mean);
        }
        return Math.exp(-highest);
    }
}
