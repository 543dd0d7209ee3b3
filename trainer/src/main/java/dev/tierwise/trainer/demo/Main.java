package dev.tierwise.trainer.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;

/// Makes and measures the demonstration model, from the command line.
public final class Main {
    private static final int VOCABULARY = 3072;
    private static final int BUDGET = 2048;
    private static final long SEED = 20261123;

    private Main() {}

    /// `sample [count]`, `train FOLDER [steps]`.
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String command = arguments.length > 0 ? arguments[0] : "help";
        switch (command) {
            case "sample" -> sample(number(arguments, 1, 20), out);
            case "train" -> train(Path.of(arguments[1]), number(arguments, 2, 3000), out);
            default -> out.println("demo-model sample [COUNT] | train FOLDER [STEPS]");
        }
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    private static void sample(int count, PrintStream out) {
        var generator = new Generator(SEED + 1);
        for (int i = 0; i < count; i++) {
            Example example = generator.next(i % 2 == 1);
            out.println("--- " + example.task() + (example.held() ? " held" : ""));
            out.println(example.prompt() + example.answer());
        }
    }

    private static void train(Path folder, int steps, PrintStream out) throws IOException {
        Files.createDirectories(folder);
        var generator = new Generator(SEED);
        var texts = new ArrayList<String>();
        for (int i = 0; i < 30_000; i++) {
            Example example = generator.next(false);
            texts.add(example.prompt() + example.answer());
        }
        out.println("texts made");
        Bpe bpe = Bpe.learn(texts, VOCABULARY);
        out.printf(Locale.ROOT, "%d tokens in the vocabulary%n", bpe.tokens().size());
        torch.manual_seed(SEED);
        torch.set_num_threads(Integer.getInteger("threads", 2));
        var net = new Net(new Net.Shape(bpe.tokens().size(), 128, 4, 4, 2, 384), SEED);
        long parameters = net.weights.values().stream().mapToLong(t -> t.numel()).sum();
        out.printf(Locale.ROOT, "%d parameters%n", parameters);
        var batches = new Batches(new Generator(SEED + 2), bpe, BUDGET, SEED);
        var held = new Generator(SEED + 3);
        List<Example> check = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            check.add(held.next(true));
        }
        new Training(net, out).run(batches, steps, batches.of(check));
        Export.write(net, bpe, folder.resolve("tierwise-demo.gguf"));
    }
}
