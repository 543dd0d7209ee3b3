package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Gate;
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
    private static final int VOCABULARY = 4096;
    private static final int BUDGET = 3072;
    private static final long SEED = 20261123;

    private Main() {}

    private static final int STEPS = 12_000;
    private static final int CASES = 4_000;
    private static final String HELP =
            """
            Usage: ./tw demo-model COMMAND

              make [FOLDER]             train, fit the gate and measure: about 35 minutes on one core;
                                        FOLDER is models/demo where none is named
              train FOLDER [STEPS]      only the first
              gate FOLDER [CASES]       only the second, for the model in FOLDER
              measure FOLDER [TESTS]    only the third; TESTS is models/demo/test where none is named
              sample [COUNT]            print examples of the data

            -Ddetail=true in TIERWISE_JAVA_OPTS has measure print every wrong answer.\
            """;

    /// Runs one command; without one, says what there is.
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String command = arguments.length > 0 ? arguments[0] : "help";
        Path demo = Path.of(System.getProperty("tierwise.home", ""), "models", "demo");
        Path folder = arguments.length > 1 ? Path.of(arguments[1]) : demo;
        switch (command) {
            case "make" -> {
                train(folder, STEPS, out);
                gate(folder, demo.resolve("test"), CASES, out);
                measure(folder, demo.resolve("test"), out);
            }
            case "sample" -> sample(number(arguments, 1, 20), out);
            case "train" -> train(folder, number(arguments, 2, STEPS), out);
            case "gate" -> gate(folder, demo.resolve("test"), number(arguments, 2, CASES), out);
            case "measure" ->
                    measure(
                            folder,
                            arguments.length > 2 ? Path.of(arguments[2]) : demo.resolve("test"),
                            out);
            default -> out.println(HELP);
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

    private static void gate(Path folder, Path tests, int count, PrintStream out)
            throws IOException {
        var fit = new GateFit(out);
        Gate opinion = fit.opinion(new Generator(SEED + 4), SEED);
        var held = new Generator(SEED + 5);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(held.next(true));
        }
        examples = GateFit.stranger(examples, SEED + 6);
        try (var model = new Answers(folder.resolve("tierwise-demo.gguf"))) {
            List<Gate.Evidence> answers = model.to(examples);
            List<Example> written = new ArrayList<>(Measure.read(tests.resolve("unseen.jsonl")));
            written.addAll(Measure.read(tests.resolve("strange.jsonl")));
            Gate gate =
                    Calibration.of(fit.fit(opinion, examples, answers), written, model.to(written));
            gate.write(folder.resolve("tierwise-demo.gate"));
            new Measure(out)
                    .report("generated, frames never trained on", examples, answers, gate, false);
        }
    }

    private static void measure(Path folder, Path tests, PrintStream out) throws IOException {
        Gate gate = Gate.read(folder.resolve("tierwise-demo.gate"));
        var measure = new Measure(out);
        try (var model = new Answers(folder.resolve("tierwise-demo.gguf"))) {
            for (String name : List.of("unseen", "strange", "fresh")) {
                List<Example> examples = Measure.read(tests.resolve(name + ".jsonl"));
                boolean detail = Boolean.getBoolean("detail");
                measure.report(name, examples, model.to(examples), gate, detail);
            }
        }
        List<Example> written = new ArrayList<>(Measure.read(tests.resolve("unseen.jsonl")));
        written.addAll(Measure.read(tests.resolve("fresh.jsonl")));
        measure.overlap(written, new Generator(SEED + 7), 100_000);
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
        int all = 0;
        for (int i = 0; i < 1000; i++) {
            all += bpe.encode(texts.get(i), 0, new java.util.Random(1)).size();
        }
        out.println(all / 1000 + " tokens an example");
        out.printf(Locale.ROOT, "%d tokens in the vocabulary%n", bpe.tokens().size());
        torch.manual_seed(SEED);
        torch.set_num_threads(Integer.getInteger("threads", 1));
        var net = new Net(new Net.Shape(bpe.tokens().size(), 128, 3, 4, 2, 320), SEED);
        net.hint(Hints.learn(bpe, new Generator(SEED + 1), 200_000));
        out.println("hints learned");
        long parameters = net.weights.values().stream().mapToLong(t -> t.numel()).sum();
        out.printf(Locale.ROOT, "%d parameters%n", parameters);
        var batches = new Batches(new Generator(SEED + 2), bpe, BUDGET, SEED);
        var held = new Generator(SEED + 3);
        List<Example> check = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            check.add(held.next(true));
        }
        new Training(net, out)
                .run(
                        batches,
                        steps,
                        batches.of(check),
                        () -> Export.write(net, bpe, folder.resolve("tierwise-demo.gguf")));
    }
}
