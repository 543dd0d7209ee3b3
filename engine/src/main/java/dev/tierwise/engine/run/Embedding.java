package dev.tierwise.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The mean of what the last layer makes of a text's tokens, scaled to length 1.
final class Embedding extends Task {
    private final double[] sum;
    private final CompletableFuture<List<Float>> result;

    Embedding(Tokens text, int width, CompletableFuture<List<Float>> result) {
        super(text);
        this.sum = new double[width];
        this.result = result;
    }

    @Override
    boolean reuses() {
        return false;
    }

    @Override
    boolean wants(int index) {
        return false;
    }

    @Override
    void logits(Sequence sequence, int index, float[] logits, int at) {
        throw new IllegalStateException("an embedding wants no logits");
    }

    @Override
    void state(Sequence sequence, int index, float[] states, int at) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += states[at + i];
        }
        if (index == prompt().size() - 1) {
            finish();
            result.complete(unit());
        }
    }

    private List<Float> unit() {
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        var unit = new ArrayList<Float>(sum.length);
        for (double value : sum) {
            unit.add((float) (value / length));
        }
        return List.copyOf(unit);
    }

    @Override
    void end(Listener.Why why, String message) {
        finish();
        result.complete(List.of());
    }
}
