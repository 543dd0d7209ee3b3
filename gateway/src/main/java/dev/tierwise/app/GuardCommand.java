package dev.tierwise.app;

import dev.tierwise.core.DataClass;
import dev.tierwise.detect.Detector;
import dev.tierwise.detect.Finding;
import dev.tierwise.policy.Profile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tw guard`.
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description = "Shows what the detector finds in texts, how well it finds, and teaches it.",
        subcommands = {
            GuardCommand.Scan.class,
            GuardCommand.Score.class,
            GuardTrainCommand.class,
            GuardGazetteerCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw guard scan notes.jsonl",
            "  ./tw guard score labelled.jsonl --json | jq .documents",
            "  ./tw guard train notes.jsonl --out notes.tagger"
        })
final class GuardCommand implements Callable<Integer> {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.DONE;
    }

    /// What takes the lines of a file; false for a line that it cannot use.
    private interface Lines {
        boolean take(JsonNode line);
    }

    /// Reads a file line by line. Bad lines are told by their number and left out.
    private static int read(String file, PrintWriter err, Lines lines) {
        int code = Main.DONE;
        try (BufferedReader in = new BufferedReader(open(file))) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank() && !taken(line, lines)) {
                    err.println(
                            "tw: "
                                    + file
                                    + ", line "
                                    + number
                                    + ": not an object with a string"
                                    + " \"text\" (and an \"id\"); mend the line, the others were"
                                    + " read");
                    code = Main.FAILED;
                }
            }
            return code;
        } catch (NoSuchFileException _) {
            err.println("tw: there is no file " + file);
            return Main.NOT_FOUND;
        } catch (IOException e) {
            err.println(
                    "tw: "
                            + file
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + "): check that it is a readable file");
            return Main.FAILED;
        }
    }

    private static boolean taken(String line, Lines lines) {
        try {
            JsonNode node = MAPPER.readTree(line);
            return node.isObject() && node.path("text").isString() && lines.take(node);
        } catch (JacksonException _) {
            return false;
        }
    }

    private static Reader open(String file) throws IOException {
        // bytes that are no UTF-8 become replacement characters: such a line is read as well
        return new InputStreamReader(
                "-".equals(file) ? System.in : Files.newInputStream(Path.of(file)),
                StandardCharsets.UTF_8);
    }

    /// `tw guard scan`.
    @Command(
            name = "scan",
            mixinStandardHelpOptions = true,
            description = {
                "Reads lines {\"id\", \"text\"} and writes lines {\"id\", \"class\", \"spans\"}:"
                        + " the data class and where each find starts and ends, in code points.",
                "A line may name the JSON field that its text stood in as \"field\"."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ./tw guard scan notes.jsonl > found.jsonl",
                "  echo '{\"id\": 1, \"text\": \"MRN: 998877\"}' | ./tw guard scan -"
            })
    static final class Scan implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "Lines of JSON; - for standard input.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private String file;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            Detector detector = Detector.shipped();
            PrintWriter out = spec.commandLine().getOut();
            return read(
                    file,
                    spec.commandLine().getErr(),
                    line -> {
                        out.println(MAPPER.writeValueAsString(scanned(detector, line)));
                        return true;
                    });
        }

        private static ObjectNode scanned(Detector detector, JsonNode line) {
            String text = line.path("text").stringValue("");
            List<Finding> findings = detector.scan(text, line.path("field").stringValue(""));
            DataClass dataClass =
                    Profile.NONE.classOf(
                            findings.stream()
                                    .map(it -> it.kind().mark())
                                    .collect(Collectors.toSet()));
            ObjectNode result = MAPPER.createObjectNode();
            result.set("id", line.path("id"));
            result.put("class", dataClass.word());
            ArrayNode spans = result.putArray("spans");
            int at = 0;
            int points = 0;
            for (Finding finding : findings) {
                // topics may overlap identifiers, so a start can lie before the last one only if
                // both are equal; both count from the last start
                points += text.codePointCount(at, finding.start());
                at = finding.start();
                spans.addObject()
                        .put("start", points)
                        .put("end", points + text.codePointCount(at, finding.end()))
                        .put("label", finding.kind().label())
                        .put("score", Math.round(finding.score() * 100) / 100.0);
            }
            return result;
        }
    }

    /// `tw guard score`.
    @Command(
            name = "score",
            mixinStandardHelpOptions = true,
            description = {
                "Measures the detector against labelled lines {\"id\", \"lang\", \"text\","
                        + " \"spans\", \"contains_pii\"}: documents and spans found, per label and"
                        + " language, and the processor's time.",
                "A span counts as found when at least half of it is covered."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ./tw guard score labelled.jsonl",
                "  ./tw guard score a.jsonl b.jsonl --json | jq .spans"
            })
    static final class Score implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Labelled lines of JSON.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private List<String> files;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(
                names = "--missed",
                description = "Print the ids of documents and spans that were missed or flagged.")
        private boolean missed;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
        private CommandSpec spec;

        @Override
        public Integer call() {
            int worst = Main.DONE;
            for (String file : files) {
                var score = new GuardScore(Detector.shipped(), file);
                int code = read(file, spec.commandLine().getErr(), score::take);
                worst = Math.max(worst, code);
                if (code != Main.NOT_FOUND) {
                    PrintWriter out = spec.commandLine().getOut();
                    out.println(json ? MAPPER.writeValueAsString(score.json()) : score.text());
                    if (missed) {
                        score.missed().forEach(out::println);
                    }
                }
            }
            return worst;
        }
    }
}
