package dev.tierwise.audit;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// Moments as the trail writes them: `2026-11-23T12:00:00.000Z`, always so long, so that they sort
/// as text.
final class Moment {
    static final int LENGTH = 24;
    private static final long DAY = 86_400_000;
    private static final byte[] FORM =
            "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);

    private Moment() {}

    /// Writes the moment; years before 1 and after 9999 are taken to those.
    static void write(long epochMillis, byte[] into, int at) {
        long low = LocalDate.of(1, 1, 1).toEpochDay() * DAY;
        long high = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY - 1;
        long millis = Math.clamp(epochMillis, low, high);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
        int rest = Math.floorMod(millis, (int) DAY);
        System.arraycopy(FORM, 0, into, at, LENGTH);
        digits(date.getYear(), into, at, 4);
        digits(date.getMonthValue(), into, at + 5, 2);
        digits(date.getDayOfMonth(), into, at + 8, 2);
        digits(rest / 3_600_000, into, at + 11, 2);
        digits(rest / 60_000 % 60, into, at + 14, 2);
        digits(rest / 1_000 % 60, into, at + 17, 2);
        digits(rest % 1_000, into, at + 20, 3);
    }

    static String of(long epochMillis) {
        var bytes = new byte[LENGTH];
        write(epochMillis, bytes, 0);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void digits(int number, byte[] into, int at, int count) {
        int left = number;
        for (int i = at + count - 1; i >= at; i--) {
            into[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
