package dev.tierwise.app;

import dev.tierwise.audit.Verifier;
import dev.tierwise.prove.Outcome;
import dev.tierwise.prove.SelfTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Runs the self-test in a folder of its own and tells what came of it.
final class SelfTestRun {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String KIND = "self-test";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Verifier signer;

    /// @param signer knows the trail whose key signs the report
    SelfTestRun(PrintWriter out, PrintWriter err, Verifier signer) {
        this.out = out;
        this.err = err;
        this.signer = signer;
    }

    /// Runs it.
    ///
    /// @param json whether to print the signed report instead of words
    /// @param file where the report goes too; null for nowhere
    int run(long requests, long seed, boolean json, @Nullable Path file) {
        try {
            Path folder = Files.createTempDirectory("tierwise-prove");
            try {
                err.println("A gateway of its own is sent " + requests + " requests; seed " + seed);
                Outcome outcome =
                        SelfTest.run(
                                new SelfTest.Plan(folder, requests, seed),
                                ProvingGround::start,
                                sent -> err.println("  " + sent + " sent"));
                String report = report(outcome);
                tell(outcome, report, json);
                return keep(report, file) && outcome.passed() ? Main.DONE : Main.FAILED;
            } finally {
                delete(folder);
            }
        } catch (IOException | IllegalStateException e) {
            err.println("tw: the self-test could not be run: " + e.getMessage());
            return Main.FAILED;
        }
    }

    private String report(Outcome outcome) {
        String object = object(outcome);
        return signer.seal(KIND, object.substring(0, object.length() - 1))
                .orElseGet(() -> {
                    err.println(
                            "tw: the report is not signed: no audit trail was begun here yet"
                                    + " (tw serve)");
                    return object;
                });
    }

    private void tell(Outcome outcome, String report, boolean json) {
        if (!json) {
            print(outcome);
            out.println("Report, signed where a trail's key is here:");
        }
        out.println(report);
        out.flush();
    }

    private boolean keep(String report, @Nullable Path file) {
        if (file == null) {
            return true;
        }
        try {
            Files.writeString(file, report + "\n");
            return true;
        } catch (IOException _) {
            err.println("tw: the report cannot be written to " + file + "; it stands above");
            return false;
        }
    }

    private void print(Outcome outcome) {
        out.println(outcome.passed() ? "PASSED" : "FAILED");
        out.printf(
                "%,d requests, %,d of them with a canary: %,d canaries got out%n",
                outcome.requests(), outcome.regulated(), outcome.leaked());
        out.printf(
                "%,d of %,d harmless requests reached the far upstream, so leaks could have been"
                        + " seen%n",
                outcome.reached(), outcome.harmless());
        out.printf(
                "%,d requests went out under pseudonyms, none with an identifier that is not counted"
                        + " above%n",
                outcome.partnered());
        out.printf(
                "%,d files of ledger, audit trail and log were looked through: %s%n",
                outcome.files(),
                outcome.onDisk().isEmpty()
                        ? "no word of a canary in any"
                        : "found in " + String.join(", ", outcome.onDisk()));
        outcome.leaks()
                .forEach(leak ->
                        out.printf(
                                "  out: %s in %s as %s while %s%n",
                                leak.sort(), leak.position(), leak.disguise(), leak.fault()));
    }

    private static String object(Outcome outcome) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("statement", KIND).put("version", 1);
        root.put("passed", outcome.passed());
        root.put("made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("java", Runtime.version().toString());
        root.put("seed", outcome.seed());
        root.put("requests", outcome.requests());
        root.put("with_canary", outcome.regulated());
        root.put("leaked", outcome.leaked());
        root.put("harmless", outcome.harmless());
        root.put("harmless_reached", outcome.reached());
        root.put("under_pseudonyms", outcome.partnered());
        root.put("files", outcome.files());
        outcome.onDisk().forEach(root.putArray("found_on_disk")::add);
        ObjectNode answers = root.putObject("answers");
        outcome.answers().forEach((status, count) -> answers.put(status.toString(), count));
        var leaks = root.putArray("leaks");
        outcome.leaks()
                .forEach(leak ->
                        leaks.addObject()
                                .put("sort", leak.sort())
                                .put("position", leak.position())
                                .put("disguise", leak.disguise())
                                .put("fault", leak.fault()));
        return MAPPER.writeValueAsString(root);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
