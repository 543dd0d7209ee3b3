package dev.tierwise.learn;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Extremely randomised trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006) that foretell
/// several targets at once: at each node some columns are drawn, one threshold each, and the split
/// that lowers the squared errors of all targets most is kept. What is foretold never lies outside
/// of what was seen, so a row unlike all others gets no wild answer. The same rows and seed give
/// the same forest. Immutable, thread-safe.
public final class Forest {
    private final List<Tree> trees;
    private final int targets;

    private Forest(List<Tree> trees, int targets) {
        this.trees = trees;
        this.targets = targets;
    }

    /// How a forest is grown.
    ///
    /// @param trees how many
    /// @param leaf the fewest rows of a leaf
    /// @param columns the share of columns drawn at a node
    /// @param seed of the draws
    public record Growth(int trees, int leaf, double columns, long seed) {}

    /// Grows a forest.
    ///
    /// @param rows columns of one order and any scale
    /// @param targets of each row, one or more
    public static Forest grow(double[][] rows, double[][] targets, Growth growth) {
        var seeds = new SplittableRandom(growth.seed).longs(growth.trees).toArray();
        List<Tree> trees =
                Arrays.stream(seeds)
                        .parallel()
                        .mapToObj(seed -> new Planting(rows, targets, growth, seed).tree())
                        .toList();
        return new Forest(trees, targets.length == 0 ? 0 : targets[0].length);
    }

    /// How many targets it foretells.
    public int targets() {
        return targets;
    }

    /// What is foretold for a row.
    public double[] of(double[] row) {
        double[] sum = new double[targets];
        for (Tree tree : trees) {
            int at = tree.leaf(row) * targets;
            for (int t = 0; t < targets; t++) {
                sum[t] += tree.values[at + t];
            }
        }
        for (int t = 0; t < targets; t++) {
            sum[t] /= trees.size();
        }
        return sum;
    }

    /// The forest as bytes, for [#read].
    public byte[] bytes() {
        int size = 8 + trees.stream().mapToInt(tree -> tree.size(targets)).sum();
        ByteBuffer out = ByteBuffer.allocate(size).putInt(trees.size()).putInt(targets);
        for (Tree tree : trees) {
            out.putInt(tree.columns.length).putInt(tree.values.length / targets);
            for (int node = 0; node < tree.columns.length; node++) {
                out.putShort(tree.columns[node]).putFloat(tree.thresholds[node]);
                out.putInt(tree.left[node]).putInt(tree.right[node]);
            }
            for (float value : tree.values) {
                out.putFloat(value);
            }
        }
        return out.array();
    }

    /// Reads what [#bytes] wrote. The bytes are a part of the product or were checked by their sum
    /// before.
    public static Forest read(ByteBuffer in) {
        int count = in.getInt();
        int targets = in.getInt();
        var trees = new ArrayList<Tree>(count);
        for (int i = 0; i < count; i++) {
            trees.add(Tree.read(in, targets));
        }
        return new Forest(List.copyOf(trees), targets);
    }

    /// One tree: nodes, and leaves, which are named by -1 - their number.
    private static final class Tree {
        final short[] columns;
        final float[] thresholds;
        final int[] left;
        final int[] right;
        final float[] values;

        Tree(int nodes, int values) {
            columns = new short[nodes];
            thresholds = new float[nodes];
            left = new int[nodes];
            right = new int[nodes];
            this.values = new float[values];
        }

        int leaf(double[] row) {
            if (columns.length == 0) {
                return 0;
            }
            int node = 0;
            while (node >= 0) {
                node = row[columns[node]] < thresholds[node] ? left[node] : right[node];
            }
            return -1 - node;
        }

        int size(int targets) {
            return 8 + columns.length * 14 + values.length / targets * targets * 4;
        }

        static Tree read(ByteBuffer in, int targets) {
            int nodes = in.getInt();
            var tree = new Tree(nodes, in.getInt() * targets);
            for (int node = 0; node < nodes; node++) {
                tree.columns[node] = in.getShort();
                tree.thresholds[node] = in.getFloat();
                tree.left[node] = in.getInt();
                tree.right[node] = in.getInt();
            }
            for (int i = 0; i < tree.values.length; i++) {
                tree.values[i] = in.getFloat();
            }
            return tree;
        }
    }

    /// One tree in the making.
    private static final class Planting {
        private final double[][] rows;
        private final double[][] targets;
        private final Growth growth;
        private final SplittableRandom random;
        private final int[] order;
        private final List<double[]> leaves = new ArrayList<>();
        private final List<int[]> nodes = new ArrayList<>();
        private final List<Float> thresholds = new ArrayList<>();

        Planting(double[][] rows, double[][] targets, Growth growth, long seed) {
            this.rows = rows;
            this.targets = targets;
            this.growth = growth;
            this.random = new SplittableRandom(seed);
            this.order = IntStream.range(0, rows.length).toArray();
        }

        Tree tree() {
            grow(0, order.length);
            int width = targets.length == 0 ? 0 : targets[0].length;
            var tree = new Tree(nodes.size(), leaves.size() * width);
            for (int node = 0; node < nodes.size(); node++) {
                tree.columns[node] = (short) nodes.get(node)[0];
                tree.left[node] = nodes.get(node)[1];
                tree.right[node] = nodes.get(node)[2];
                tree.thresholds[node] = thresholds.get(node);
            }
            for (int leaf = 0; leaf < leaves.size(); leaf++) {
                for (int t = 0; t < width; t++) {
                    tree.values[leaf * width + t] = (float) leaves.get(leaf)[t];
                }
            }
            return tree;
        }

        /// Grows what hangs on the rows from `from` to `to` of the order.
        private int grow(int from, int to) {
            Split split = to - from < 2 * growth.leaf ? null : best(from, to);
            if (split == null) {
                leaves.add(mean(from, to));
                return -leaves.size();
            }
            int node = nodes.size();
            int[] links = {split.column, 0, 0};
            nodes.add(links);
            thresholds.add(split.threshold);
            int middle = part(from, to, split);
            links[1] = grow(from, middle);
            links[2] = grow(middle, to);
            return node;
        }

        private record Split(int column, float threshold, double gain) {}

        private @org.jspecify.annotations.Nullable Split best(int from, int to) {
            int columns = rows[0].length;
            int draws = Math.max(1, (int) Math.round(columns * growth.columns));
            Split best = null;
            for (int draw = 0; draw < draws; draw++) {
                int column = random.nextInt(columns);
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (int i = from; i < to; i++) {
                    double value = rows[order[i]][column];
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
                if (low < high) {
                    float threshold = (float) (low + (high - low) * random.nextDouble());
                    double gain = gain(from, to, column, threshold);
                    if (gain > 0 && (best == null || gain > best.gain)) {
                        best = new Split(column, threshold, gain);
                    }
                }
            }
            return best;
        }

        /// By how much a split lowers the squared errors; 0 where a side would be too small.
        private double gain(int from, int to, int column, float threshold) {
            int width = targets[0].length;
            double[] below = new double[width];
            double[] all = new double[width];
            int count = 0;
            for (int i = from; i < to; i++) {
                double[] target = targets[order[i]];
                boolean isBelow = rows[order[i]][column] < threshold;
                count += isBelow ? 1 : 0;
                for (int t = 0; t < width; t++) {
                    all[t] += target[t];
                    below[t] += isBelow ? target[t] : 0;
                }
            }
            int rest = to - from - count;
            if (count < growth.leaf || rest < growth.leaf) {
                return 0;
            }
            double gain = 0;
            for (int t = 0; t < width; t++) {
                double above = all[t] - below[t];
                gain +=
                        below[t] * below[t] / count
                                + above * above / rest
                                - all[t] * all[t] / (to - from);
            }
            return gain;
        }

        private int part(int from, int to, Split split) {
            int middle = from;
            for (int i = from; i < to; i++) {
                if (rows[order[i]][split.column] < split.threshold) {
                    int row = order[i];
                    order[i] = order[middle];
                    order[middle++] = row;
                }
            }
            return middle;
        }

        private double[] mean(int from, int to) {
            double[] mean = new double[targets[0].length];
            for (int i = from; i < to; i++) {
                for (int t = 0; t < mean.length; t++) {
                    mean[t] += targets[order[i]][t] / (to - from);
                }
            }
            return mean;
        }
    }
}
