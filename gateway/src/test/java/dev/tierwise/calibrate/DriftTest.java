package dev.tierwise.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierwise.calibrate.Drift.What;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class DriftTest {
    private final Random random = new Random(21);

    @Test
    void scoresThatStayRaiseFewAlarms() {
        int alarms = 0;
        for (int calibration = 0; calibration < 100; calibration++) {
            var drift = Drift.from(scores(300, random::nextGaussian), 0.8);
            alarms += alarms(drift, 50, random::nextGaussian);
        }

        // 5,000 windows at one false alarm in 1,000; windows share calibrations, hence the room.
        assertThat(alarms).isLessThanOrEqualTo(20);
    }

    @Test
    void scoresWithFewValuesRaiseFewAlarms() {
        int alarms = 0;
        for (int calibration = 0; calibration < 100; calibration++) {
            var drift = Drift.from(scores(300, () -> random.nextInt(3)), 0.8);
            alarms += alarms(drift, 50, () -> random.nextInt(3));
        }

        assertThat(alarms).isLessThanOrEqualTo(20);
    }

    @Test
    void shiftAndSpreadOfScoresAreSeen() {
        assertThat(windowsUntilAlarm(() -> 0.5 + random.nextGaussian())).isLessThanOrEqualTo(2);
        assertThat(windowsUntilAlarm(() -> 0.5 * random.nextGaussian())).isLessThanOrEqualTo(2);
        assertThat(windowsUntilAlarm(() -> 3)).isEqualTo(1);
    }

    @Test
    void alarmSaysWhichScoresThereAreMoreOf() {
        var drift = Drift.from(scores(1000, random::nextDouble), 0.8);

        for (int i = 0; i < 499; i++) {
            assertThat(drift.score(0.9)).isEmpty();
        }
        var alarm = drift.score(0.9).orElseThrow();

        assertThat(alarm.what()).isEqualTo(What.SCORES);
        assertThat(alarm.found()).isGreaterThan(alarm.limit());
        assertThat(alarm.words()).matches(".*from 0\\.\\d+ to the highest.* 100 % instead of 20 %");
    }

    @Test
    void constantCalibrationSeesNothingRatherThanEverything() {
        var drift = Drift.from(new double[100], 0.8);

        assertThat(alarms(drift, 10, () -> 0)).isZero();
    }

    @Test
    void rateThatStaysRaisesNoAlarm() {
        for (double rate : new double[] {0.05, 0.5, 0.8, 0.99}) {
            var drift = Drift.from(new double[100], rate);
            int alarms = 0;
            for (int i = 0; i < 100_000; i++) {
                alarms += drift.outcome(random.nextDouble() < rate).isPresent() ? 1 : 0;
            }
            assertThat(alarms).as("%s", rate).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void rateThatMovesByTenPointsIsSeenWithinAThousand() {
        for (int round = 0; round < 20; round++) {
            var fallen = Drift.from(new double[100], 0.8);
            var risen = Drift.from(new double[100], 0.8);

            assertThat(firstAlarm(fallen, 0.7, 1000)).isEqualTo(What.RATE_FELL);
            assertThat(firstAlarm(risen, 0.9, 1000)).isEqualTo(What.RATE_ROSE);
        }
    }

    @Test
    void watchBeginsAnewAfterAnAlarm() {
        var drift = Drift.from(new double[100], 0.8);
        int alarms = 0;
        for (int i = 0; i < 3000; i++) {
            var alarm = drift.outcome(false);
            alarms += alarm.isPresent() ? 1 : 0;
            alarm.ifPresent(it -> assertThat(it.words()).contains("below 80 %"));
        }

        assertThat(alarms).isBetween(50, 200);
    }

    @Test
    void calibrationThatIsTooSmallIsRefused() {
        assertThatThrownBy(() -> Drift.from(new double[99], 0.8)).hasMessageContaining("99");
        assertThatThrownBy(() -> Drift.from(new double[100], 1.8)).hasMessageContaining("1.8");
        var drift = Drift.from(new double[100], 0.8);
        assertThatThrownBy(() -> drift.score(Double.NaN)).hasMessageContaining("number");
    }

    private static double[] scores(int count, DoubleSupplier source) {
        var scores = new double[count];
        Arrays.setAll(scores, _ -> source.getAsDouble());
        return scores;
    }

    private static int alarms(Drift drift, int windows, DoubleSupplier source) {
        int alarms = 0;
        for (int i = 0; i < windows * 500; i++) {
            alarms += drift.score(source.getAsDouble()).isPresent() ? 1 : 0;
        }
        return alarms;
    }

    private int windowsUntilAlarm(DoubleSupplier source) {
        var drift = Drift.from(scores(1000, random::nextGaussian), 0.8);
        int windows = 1;
        while (alarms(drift, 1, source) == 0 && windows < 100) {
            windows++;
        }
        return windows;
    }

    private What firstAlarm(Drift drift, double rate, int most) {
        for (int i = 0; i < most; i++) {
            var alarm = drift.outcome(random.nextDouble() < rate);
            if (alarm.isPresent()) {
                return alarm.get().what();
            }
        }
        throw new AssertionError("no alarm in " + most);
    }
}
