package dev.tierwise.predict;

import java.util.Arrays;
import java.util.List;

/// The directions in which columns vary most together: principal components, found one after the
/// other by power iteration on their covariance.
final class Axes {
    private static final int STEPS = 300;

    private Axes() {}

    /// Unit vectors, the strongest first, each pointing to where the columns' sum grows.
    ///
    /// @param columns of one length
    static double[][] of(List<double[]> columns, int count) {
        int width = columns.size();
        double[][] covariance = covariance(columns);
        double[][] axes = new double[count][];
        for (int a = 0; a < count; a++) {
            double[] axis = new double[width];
            for (int i = 0; i < width; i++) {
                axis[i] = 1 + i * 1e-3 * (a + 1);
            }
            double length = 0;
            for (int step = 0; step < STEPS; step++) {
                double[] next = new double[width];
                for (int i = 0; i < width; i++) {
                    for (int j = 0; j < width; j++) {
                        next[i] += covariance[i][j] * axis[j];
                    }
                }
                length = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
                for (int i = 0; i < width; i++) {
                    axis[i] = length == 0 ? 0 : next[i] / length;
                }
            }
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    covariance[i][j] -= length * axis[i] * axis[j];
                }
            }
            double sign = Arrays.stream(axis).sum() < 0 ? -1 : 1;
            axes[a] = Arrays.stream(axis).map(x -> x * sign).toArray();
        }
        return axes;
    }

    private static double[][] covariance(List<double[]> columns) {
        int width = columns.size();
        double[] means =
                columns.stream()
                        .mapToDouble(column -> Arrays.stream(column).average().orElse(0))
                        .toArray();
        double[][] covariance = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int row = 0; row < columns.get(i).length; row++) {
                    sum += (columns.get(i)[row] - means[i]) * (columns.get(j)[row] - means[j]);
                }
                covariance[i][j] = sum;
                covariance[j][i] = sum;
            }
        }
        return covariance;
    }
}
