package dev.tierwise.detect.tag;

import dev.tierwise.detect.Plain;
import java.util.ArrayList;
import java.util.List;

/// Finds what a margin is worth: a logistic curve through the finds in samples that were not
/// learned from (Platt, "Probabilistic Outputs for Support Vector Machines", 1999).
final class Calibration {
    private static final int ROUNDS = 4000;

    private Calibration() {}

    /// The slope and the offset of the curve.
    static float[] of(Weights weights, List<Sample> samples) {
        // with slope .001 and no offset the score gives the margin back
        var plain = new Tagger(weights.scaled(.001f, 0));
        var margins = new ArrayList<Double>();
        var right = new ArrayList<Boolean>();
        for (Sample sample : samples) {
            plain.find(
                    Plain.same(sample.text()),
                    "",
                    (start, end, _, score) -> {
                        margins.add(Math.log(score / (1 - score)));
                        right.add(
                                sample.spans().stream()
                                        .anyMatch(m -> m.start() < end && start < m.end()));
                    });
        }
        double slope = 1;
        double offset = 0;
        for (int round = 0; round < ROUNDS && !margins.isEmpty(); round++) {
            double bySlope = -.0001 * slope;
            double byOffset = 0;
            for (int i = 0; i < margins.size(); i++) {
                double sure = 1 / (1 + Math.exp(-(slope * margins.get(i) * 5 + offset)));
                double off = (right.get(i) ? 1 : 0) - sure;
                bySlope += off * margins.get(i) * 5 / margins.size();
                byOffset += off / margins.size();
            }
            slope += bySlope;
            offset += byOffset;
        }
        return new float[] {(float) Math.max(slope * .005, .0005), (float) offset};
    }
}
