package dev.tierwise.calibrate;

import java.util.Arrays;
import java.util.Comparator;

/// Orders of rows.
final class Rows {
    private Rows() {}

    /// Places of the rows in rising order of their scores; equals in the order given.
    static int[] byScore(double[] scores) {
        var places = new Integer[scores.length];
        Arrays.setAll(places, place -> place);
        Arrays.sort(places, Comparator.comparingDouble(place -> scores[place] + 0.0));
        return Arrays.stream(places).mapToInt(place -> place).toArray();
    }

    /// All places in an order that is always the same and has nothing to do with the rows.
    static int[] shuffled(int rows) {
        var places = new int[rows];
        Arrays.setAll(places, place -> place);
        for (int i = rows - 1; i > 0; i--) {
            int other = (int) (Shares.unit(i + 1L) * (i + 1));
            int place = places[i];
            places[i] = places[other];
            places[other] = place;
        }
        return places;
    }
}
