package dev.tierwise.trainer.demo;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// AdamW with warm-up and a cosine that falls to a twentieth, on the loss of the answers.
final class Training {
    private static final double PEAK = 2.5e-3;
    private static final double DROPOUT = 0.05;
    private static final double SMOOTHING = 0.03;

    private final Net net;
    private final PrintStream log;

    Training(Net net, PrintStream log) {
        this.net = net;
        this.log = log;
    }

    /// @param steps how many batches
    /// @param check batches that are never trained on, to watch
    void run(Batches batches, int steps, List<Batches.Batch> check, Runnable save) {
        var parameters = new TensorVector();
        net.weights.values().forEach(parameters::push_back);
        parameters.push_back(net.kindMatrix);
        var options = new AdamWOptions(PEAK);
        options.weight_decay().put(0.05);
        var optimizer = new AdamW(parameters, options);
        var group = optimizer.param_groups().get(0).options();
        long start = System.nanoTime();
        long tokens = 0;
        double sum = 0;
        for (int step = 1; step <= steps; step++) {
            double warm = Math.min(1, step / 100.0);
            double cosine = 0.05 + 0.95 * 0.5 * (1 + Math.cos(Math.PI * step / steps));
            group.set_lr(PEAK * warm * cosine);
            Batches.Batch batch = batches.next();
            tokens += batch.tokens().length;
            try (var _ = new PointerScope()) {
                optimizer.zero_grad();
                Tensor loss = net.loss(batch, DROPOUT, SMOOTHING);
                loss.backward();
                torch.clip_grad_norm_(parameters, 1.0);
                optimizer.step();
                sum += loss.item_float();
            }
            if (step % 100 == 0 || step == steps) {
                log.printf(
                        Locale.ROOT,
                        "step %d loss %.4f held-out tokens right %.4f, %d tokens, %.0f s, %.0f CPU-s%n",
                        step,
                        sum / (step % 100 == 0 ? 100 : step % 100),
                        step % 500 == 0 || step == steps ? hits(check) : Double.NaN,
                        tokens,
                        (System.nanoTime() - start) / 1e9,
                        cpuSeconds());
                log.flush();
                sum = 0;
                if (step % 500 == 0 || step == steps) {
                    save.run();
                }
            }
        }
    }

    private double hits(List<Batches.Batch> check) {
        double sum = 0;
        for (Batches.Batch batch : check) {
            try (var _ = new PointerScope()) {
                sum += net.hits(batch);
            }
        }
        return sum / check.size();
    }

    private static double cpuSeconds() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean own
                ? own.getProcessCpuTime() / 1e9
                : 0;
    }
}
