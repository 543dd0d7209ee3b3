package dev.tierwise.app;

import dev.tierwise.audit.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tw audit check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks the signature of statements that `tw prove` printed. Exits with 0 when a key"
                        + " of the trail signed each of them as it stands, with 1 when not.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw prove --no-egress phi --from 2026-07-01 --out statement.json",
            "  ./tw audit check statement.json",
            "  ./tw audit check statement.json --public-key clinic.pub"
        })
final class AuditCheckCommand implements Callable<Integer> {
    private static final long MOST_BYTES = 16 << 20;

    @Parameters(paramLabel = "FILE", description = "A statement on each line.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path file;

    @Mixin private final AuditTarget target = new AuditTarget();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Verifier> verifier = target.verifier(err);
        if (verifier.isEmpty()) {
            return Main.USAGE;
        }
        List<String> lines;
        try {
            if (Files.size(file) > MOST_BYTES) {
                err.println("tw: " + file + " is larger than any statement");
                return Main.FAILED;
            }
            lines = Files.readString(file).lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException _) {
            err.println("tw: " + file + " cannot be read");
            return Main.NOT_FOUND;
        }
        return check(verifier.get(), lines) ? Main.DONE : Main.FAILED;
    }

    private boolean check(Verifier verifier, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        boolean good = !lines.isEmpty();
        if (lines.isEmpty()) {
            out.println("There is no statement in " + file + ".");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = "line " + (i + 1);
            Optional<String> doubt = verifier.doubt(lines.get(i));
            out.println(
                    doubt.map(why -> "NOT GENUINE, " + line + ": " + why + ".")
                            .orElse("GENUINE, " + line + "."));
            good &= doubt.isEmpty();
        }
        return good;
    }
}
