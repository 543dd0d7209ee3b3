package dev.tierwise.trainer.demo;

import dev.tierwise.engine.demo.Gate;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Counts right answers, and which answers the gate lets through.
final class Measure {
    private static final int SHARED = 5;
    private final PrintStream log;

    Measure(PrintStream log) {
        this.log = log;
    }

    /// Reads examples, one JSON object a line.
    static List<Example> read(Path path) throws IOException {
        var mapper = new ObjectMapper();
        var out = new ArrayList<Example>();
        for (String line : Files.readAllLines(path)) {
            JsonNode node = mapper.readTree(line);
            out.add(
                    new Example(
                            Example.Task.valueOf(
                                    node.get("task").asString().toUpperCase(Locale.ROOT)),
                            node.get("system").asString(),
                            node.get("user").asString(),
                            node.get("answer").asString(),
                            false));
        }
        return out;
    }

    private static final class Counts {
        int all;
        int right;
        int rightLet;
        int wrong;
        int wrongLet;
        int abstained;
    }

    /// Prints a table; `detail` also prints every wrong answer and every needless escalation.
    void report(
            String title,
            List<Example> examples,
            List<Gate.Evidence> answers,
            Gate gate,
            boolean detail) {
        Map<Example.Task, Counts> tasks = new EnumMap<>(Example.Task.class);
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            Gate.Evidence answer = answers.get(i);
            double score = gate.score(answer);
            boolean let = gate.lets(answer);
            boolean right = answer.answer().equals(example.answer());
            Counts counts = tasks.computeIfAbsent(example.task(), _ -> new Counts());
            counts.all++;
            boolean abstains = Gate.kind(answer.answer()) == Gate.OTHER;
            if (right) {
                counts.right++;
                counts.rightLet += let ? 1 : 0;
            } else if (abstains) {
                counts.abstained++;
            } else {
                counts.wrong++;
                counts.wrongLet += let ? 1 : 0;
            }
            if (detail && (!right || (!let && example.task() != Example.Task.OTHER))) {
                log.printf(
                        Locale.ROOT,
                        "%s %.3f [%s] %s => %s (wanted %s)%n",
                        right ? "needless" : let ? "WRONG-LET" : "wrong",
                        score,
                        example.system(),
                        example.user().replace("\n", "\\n"),
                        answer.answer(),
                        example.answer());
            }
        }
        log.println(title);
        tasks.forEach((task, c) ->
                log.printf(
                        Locale.ROOT,
                        "  %-9s %4d asked, %4d right (%.1f %%), %4d of these let through,"
                                + " %3d abstained, %3d wrong, %3d wrong let through%n",
                        task,
                        c.all,
                        c.right,
                        100.0 * c.right / c.all,
                        c.rightLet,
                        c.abstained,
                        c.wrong,
                        c.wrongLet));
    }

    /// Prints how many texts share a run of words with generated ones.
    void overlap(List<Example> tests, Generator generator, int count) {
        Set<String> runs = new HashSet<>();
        for (int i = 0; i < count; i++) {
            runs(generator.next(i % 2 == 0).user(), runs);
        }
        int shared = 0;
        for (Example test : tests) {
            Set<String> own = new HashSet<>();
            runs(test.user(), own);
            long common = own.stream().filter(runs::contains).count();
            shared += common > own.size() / 2 ? 1 : 0;
        }
        log.printf(
                Locale.ROOT,
                "%d of %d test prompts share more than half of their runs of %d words with %d generated ones%n",
                shared,
                tests.size(),
                SHARED,
                count);
    }

    private static void runs(String text, Set<String> out) {
        List<String> words =
                List.of(
                        text.toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 ]", " ")
                                .strip()
                                .split(" +", -1));
        for (int i = 0; i + SHARED <= words.size(); i++) {
            out.add(String.join(" ", words.subList(i, i + SHARED)));
        }
    }
}
