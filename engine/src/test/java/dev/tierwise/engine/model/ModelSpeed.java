package dev.tierwise.engine.model;

import dev.tierwise.engine.gguf.GgufFile;
import dev.tierwise.engine.math.Workers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Random;

/// Prints how many tokens a model takes in and gives out in a second of one thread's processor
/// time: `java … ModelSpeed FILE [PROMPT [ANSWER [ROUNDS [BATCH]]]]`, a line of two numbers for
/// each round. What the compiler's threads take is not counted; rounds show how it warms up.
public final class ModelSpeed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ModelSpeed() {}

    /// Measures the model of the file that is named.
    public static void main(String[] arguments) {
        int prompt = number(arguments, 1, 128);
        int answer = number(arguments, 2, 32);
        int rounds = number(arguments, 3, 10);
        int most = number(arguments, 4, 64);
        GgufFile file = ((GgufFile.Opening.Open) GgufFile.open(Path.of(arguments[0]))).file();
        long opened = THREADS.getCurrentThreadCpuTime();
        var loading = LanguageModel.load(file, most, 1, prompt + answer);
        try (LanguageModel model = ((LanguageModel.Loading.Ready) loading).model()) {
            System.out.printf("load %.2f s%n", seconds(opened));
            for (int round = 0; round < rounds; round++) {
                round(model, prompt, answer, most);
            }
        }
    }

    private static void round(LanguageModel model, int prompt, int answer, int most) {
        int[] tokens = new Random(3).ints(prompt, 0, model.vocabulary()).toArray();
        var batch = new Batch(most);
        try (KvCache cache = model.cache(prompt + answer)) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int at = 0; at < prompt; at += most) {
                batch.clear();
                for (int i = at; i < Math.min(prompt, at + most); i++) {
                    batch.add(cache, tokens[i], i == prompt - 1);
                }
                model.forward(batch, Workers.alone());
            }
            double taken = prompt / seconds(start);
            start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < answer; i++) {
                batch.clear();
                batch.add(cache, tokens[i % prompt], true);
                model.forward(batch, Workers.alone());
            }
            System.out.printf("%.1f %.1f%n", taken, answer / seconds(start));
        }
    }

    private static double seconds(long since) {
        return (THREADS.getCurrentThreadCpuTime() - since) / 1e9;
    }

    private static int number(String[] arguments, int index, int usual) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : usual;
    }
}
