package dev.tierwise.evaluate;

import dev.tierwise.predict.Prior;
import dev.tierwise.predict.PriorTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes the weights that come with the product anew, out of folders of results: `./tw weights
/// --data FOLDER`, whose sub-folders are what [DatasetFolder] reads. The same folders give the same
/// files.
public final class Weights {
    private static final int USAGE = 2;

    private Weights() {}

    /// Takes `--data FOLDER --out FOLDER`.
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4
                || !arguments[0].equals("--out")
                || !arguments[2].equals("--data")) {
            System.err.println("usage: ./tw weights --data FOLDER, whose sub-folders hold results");
            System.exit(USAGE);
        }
        Path out = Path.of(arguments[1]);
        List<Dataset> sets = read(Path.of(arguments[3]));
        Prior learned = PriorTraining.train(sets.stream().map(JudgeTraining::results).toList());
        byte[] prior = learned.bytes();
        byte[] judge = JudgeTraining.train(learned, sets).bytes();
        Files.createDirectories(out);
        Files.write(out.resolve("seen.bin"), Seen.bytes(sets));
        Files.write(out.resolve("prior.bin"), prior);
        Files.write(out.resolve("judge.bin"), judge);
        System.err.println(
                "wrote prior.bin ("
                        + prior.length
                        + " bytes), judge.bin ("
                        + judge.length
                        + " bytes) and seen.bin to "
                        + out);
    }

    private static List<Dataset> read(Path folder) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(folder)) {
            folders = all.filter(Files::isDirectory).sorted().toList();
        }
        var sets = new ArrayList<Dataset>();
        for (Path each : folders) {
            switch (DatasetFolder.read(each, _ -> true)) {
                case DatasetFolder.Made.Good(Dataset set) -> sets.add(shuffled(set));
                case DatasetFolder.Made.Bad(String problem) -> throw new IOException(problem);
            }
        }
        if (sets.isEmpty()) {
            throw new IOException(folder + " has no folder of results");
        }
        return sets;
    }

    static Dataset shuffled(Dataset set) {
        var order = new ArrayList<>(IntStream.range(0, set.prompts().size()).boxed().toList());
        Collections.shuffle(order, new Random(set.prompts().size()));
        return set.only(order.stream().mapToInt(Integer::intValue).toArray());
    }
}
