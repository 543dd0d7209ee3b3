package dev.tierwise.bench.engine;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.math.Workers;
import dev.tierwise.engine.model.Batch;
import dev.tierwise.engine.model.KvCache;
import dev.tierwise.engine.model.LanguageModel;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/// How many tokens a model takes in and gives out in a second of one thread's processor time. What
/// the compiler's threads take is not counted; rounds show how it warms up.
///
/// @param prompt tokens taken in
/// @param answer tokens given out, one by one
public record ModelSpeed(int prompt, int answer) {
    private static final int MOST = 64;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Prints a line for each round: tokens a second in, tokens a second out, and bytes of heap for
    /// each token that was given out.
    ///
    /// @return whether the file could be used; what was wrong with it is printed
    public boolean run(Path path, int rounds, PrintStream out) {
        if (!(GgufFile.open(path) instanceof GgufFile.Opening.Open(GgufFile file))) {
            out.println(path + " is no model");
            return false;
        }
        var loading = LanguageModel.load(file, MOST, 1, prompt + answer);
        if (!(loading instanceof LanguageModel.Loading.Ready(LanguageModel model))) {
            out.println(path + " cannot be run");
            return false;
        }
        try (model) {
            for (int round = 0; round < rounds; round++) {
                out.println(round(model));
            }
        }
        return true;
    }

    private String round(LanguageModel model) {
        int[] tokens = new Random(3).ints(prompt, 0, model.vocabulary()).toArray();
        var batch = new Batch(MOST);
        try (KvCache cache = model.cache(prompt + answer)) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int at = 0; at < prompt; at += MOST) {
                batch.clear();
                for (int i = at; i < Math.min(prompt, at + MOST); i++) {
                    batch.add(cache, tokens[i], i == prompt - 1);
                }
                model.forward(batch, Workers.alone());
            }
            double taken = prompt / seconds(start);
            long heap = THREADS.getCurrentThreadAllocatedBytes();
            start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < answer; i++) {
                batch.clear();
                batch.add(cache, tokens[i % prompt], true);
                model.forward(batch, Workers.alone());
            }
            double given = answer / seconds(start);
            long each = (THREADS.getCurrentThreadAllocatedBytes() - heap) / answer;
            return String.format(Locale.ROOT, "%.1f %.1f %d", taken, given, each);
        }
    }

    private static double seconds(long since) {
        return (THREADS.getCurrentThreadCpuTime() - since) / 1e9;
    }
}
