package dev.tierwise.experience;

import dev.tierwise.calibrate.Drift;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watches whether traffic stays what it was: the first 500 scores, and the first 500 answers that
/// were judged, are what later ones are compared with. After an alarm it begins anew. For one
/// thread.
final class Watch {
    static final int FIRST = 500;

    private static final double EDGE = .02;

    private final double[] scores = new double[FIRST];
    private final long[] times = new long[FIRST];
    private int scored;
    private int judged;
    private int accepted;
    private long seen;
    private @Nullable Drift byScore;
    private @Nullable Drift byRate;

    Watch() {
        Arrays.fill(times, Long.MIN_VALUE);
    }

    /// Looks at one answer.
    ///
    /// @return an alarm, and since when traffic may be otherwise
    Optional<Event.Drifted> see(Answered answer) {
        times[(int) (seen++ % FIRST)] = answer.at().toEpochMilli();
        Optional<Event.Drifted> alarm =
                Double.isFinite(answer.score())
                        ? score(answer.at(), answer.score())
                        : Optional.empty();
        return alarm.isPresent() || answer.accepted() == null
                ? alarm
                : judged(answer.at(), answer.accepted());
    }

    private Optional<Event.Drifted> score(Instant at, double score) {
        if (byScore == null) {
            scores[scored++] = score;
            if (scored == FIRST) {
                byScore = Drift.from(scores, .5);
            }
            return Optional.empty();
        }
        return byScore.score(score).map(found -> alarm(at, found));
    }

    private Optional<Event.Drifted> judged(Instant at, boolean good) {
        if (byRate == null) {
            judged++;
            accepted += good ? 1 : 0;
            if (judged == FIRST) {
                byRate = ofRate();
            }
            return Optional.empty();
        }
        return byRate.outcome(good)
                .filter(found -> !extreme(found.what()))
                .map(found -> alarm(at, found));
    }

    /// A rate next to 0 or 1 cannot fall or rise by anything that matters.
    private boolean extreme(Drift.What what) {
        double rate = (double) accepted / judged;
        return what == Drift.What.RATE_ROSE ? rate > 1 - EDGE : rate < EDGE;
    }

    private Drift ofRate() {
        return Drift.from(new double[FIRST], (double) accepted / judged);
    }

    private Event.Drifted alarm(Instant at, Drift.Alarm found) {
        String what = found.what() == Drift.What.SCORES ? "scores" : "rate";
        if (found.what() == Drift.What.SCORES) {
            byScore = null;
            scored = 0;
        } else {
            byRate = null;
            judged = 0;
            accepted = 0;
        }
        long from = Arrays.stream(times).min().orElse(Long.MIN_VALUE);
        return new Event.Drifted(
                new Alarm(at, what, found.words().toLowerCase(Locale.ROOT)),
                from == Long.MIN_VALUE ? Instant.EPOCH : Instant.ofEpochMilli(from));
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(scored);
        for (int i = 0; i < scored; i++) {
            out.writeDouble(scores[i]);
        }
        out.writeInt(judged);
        out.writeInt(accepted);
    }

    static Watch read(DataInput in) throws IOException {
        var watch = new Watch();
        watch.scored = Sizes.read(in, FIRST);
        for (int i = 0; i < watch.scored; i++) {
            watch.scores[i] = in.readDouble();
        }
        watch.judged = Sizes.read(in, FIRST);
        watch.accepted = Sizes.read(in, watch.judged);
        if (watch.scored == FIRST) {
            watch.byScore = Drift.from(watch.scores, .5);
        }
        if (watch.judged == FIRST) {
            watch.byRate = watch.ofRate();
        }
        return watch;
    }
}
