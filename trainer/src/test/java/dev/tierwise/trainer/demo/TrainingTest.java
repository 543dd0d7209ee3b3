package dev.tierwise.trainer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.engine.demo.Gate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
    private static final Pattern LOSS = Pattern.compile("loss ([0-9.]+)");
    private static final int STEPS = 200;

    @Test
    void lossFallsAndTheEngineRunsWhatWasLearned(@TempDir Path folder) throws IOException {
        var texts = new ArrayList<String>();
        var generator = new Generator(1);
        for (int i = 0; i < 500; i++) {
            Example example = generator.next(false);
            texts.add(example.prompt() + example.answer());
        }
        Bpe bpe = Bpe.learn(texts, 400);
        var net = new Net(new Net.Shape(bpe.tokens().size(), 32, 1, 2, 1, 64), 1);
        var batches = new Batches(new Generator(2), bpe, 512, 3);
        List<Example> held = List.of(new Generator(4).next(true));
        Path file = folder.resolve("tierwise-demo.gguf");
        var log = new ByteArrayOutputStream();

        new Training(net, new PrintStream(log, true, StandardCharsets.UTF_8))
                .run(batches, STEPS, batches.of(held), () -> Export.write(net, bpe, file));

        List<Double> losses =
                LOSS.matcher(log.toString(StandardCharsets.UTF_8))
                        .results()
                        .map(match -> Double.parseDouble(match.group(1)))
                        .toList();
        assertThat(losses).hasSize(STEPS / 100);
        assertThat(losses.getLast()).isLessThan(losses.getFirst());
        try (var answers = new Answers(file)) {
            Gate.Evidence evidence = answers.to(held).getFirst();
            assertThat(evidence.logprob()).isFinite().isNegative();
            assertThat(evidence.answer()).isNotEmpty();
        }
    }
}
