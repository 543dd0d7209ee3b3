package dev.tierwise.app;

import dev.tierwise.detect.tag.Quality;
import dev.tierwise.detect.tag.Sample;
import dev.tierwise.detect.tag.Synthetic;
import dev.tierwise.detect.tag.Tagger;
import dev.tierwise.detect.tag.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tw guard train`.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Teaches a tagger what identifiers look like in your texts.",
            "A line is {\"id\", \"text\", \"spans\": [{\"start\", \"end\", \"label\"}]}."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tw guard train notes.jsonl --out notes.tagger"})
final class GuardTrainCommand implements Callable<Integer> {
    private static final int LEAST = 50;
    private static final float THRESHOLD = .5f;

    @Parameters(paramLabel = "DATA", arity = "1..*", description = "Files of labelled lines.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private List<Path> data;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The tagger.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path out;

    @Option(
            names = "--holdout",
            paramLabel = "SHARE",
            description = "The share that is not learned from but measured on, 0 to 0.9.")
    private double holdout = .2;

    @Option(names = "--rounds", hidden = true, description = "How often all lines are seen.")
    private int rounds = 10;

    @Option(names = "--seed", description = "Of the order of the lines.")
    private long seed = 1;

    @Option(names = "--synthetic", hidden = true, description = "How many made-up texts to add.")
    private int synthetic;

    @Option(names = "--names", hidden = true, description = "Lists to fill made-up texts from.")
    private @Nullable Path names;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (!(holdout >= 0 && holdout <= .9)) {
            err.println("tw: --holdout is " + holdout + "; give a share between 0 and 0.9.");
            return Main.USAGE;
        }
        var lines = new LabelledLines();
        for (Path file : data) {
            String trouble = lines.read(file);
            if (trouble != null) {
                err.println("tw: " + trouble);
                return Main.FAILED;
            }
        }
        lines.unknown()
                .forEach(label -> err.println("tw: label " + label + " is taken for OTHER_ID"));
        if (lines.labelled() < LEAST) {
            err.println(
                    "tw: "
                            + lines.labelled()
                            + " labelled lines are too few to learn from; give at least "
                            + LEAST
                            + ", better 200.");
            return Main.FAILED;
        }
        try {
            return train(lines.samples());
        } catch (IOException e) {
            err.println("tw: cannot write " + out + " or read the lists: " + e.getMessage());
            return Main.FAILED;
        }
    }

    private int train(List<Sample> samples) throws IOException {
        var learn = new ArrayList<>(samples.stream().filter(s -> s.place() >= holdout).toList());
        List<Sample> held = samples.stream().filter(s -> s.place() < holdout).toList();
        if (names != null) {
            learn.addAll(
                    new Synthetic(
                                    seed,
                                    Files.readAllLines(names.resolve("firstnames_minus_fps.txt")),
                                    Files.readAllLines(names.resolve("lastnames_minus_fps.txt")),
                                    Synthetic.places())
                            .make(synthetic));
        }
        Tagger tagger = new Trainer(rounds, seed).train(learn);
        byte[] bytes = tagger.bytes();
        Files.write(out, bytes);
        Quality before = Quality.of(Tagger.shipped(), held, THRESHOLD);
        Quality after = Quality.of(tagger, held, THRESHOLD);
        PrintWriter print = spec.commandLine().getOut();
        if (json) {
            var node = StoreJson.object();
            node.put("file", out.toString()).put("bytes", bytes.length);
            node.put("learned_from", learn.size()).put("held_out", held.size());
            node.put("recall_before", before.recall()).put("precision_before", before.precision());
            node.put("recall", after.recall()).put("precision", after.precision());
            print.println(StoreJson.text(node));
            return Main.DONE;
        }
        print.println(
                out + ": " + bytes.length + " bytes, learned from " + learn.size() + " lines");
        if (held.isEmpty()) {
            print.println("Nothing was held out, so nothing was measured.");
            return Main.DONE;
        }
        print.println(held.size() + " lines were held out and hold " + after.spans() + " spans");
        print.printf("before  recall %.3f  precision %.3f%n", before.recall(), before.precision());
        print.printf("after   recall %.3f  precision %.3f%n", after.recall(), after.precision());
        after.byKind().forEach((kind, n) -> print.printf("  %-15s %d of %d%n", kind, n[1], n[0]));
        return Main.DONE;
    }
}
