package dev.tierwise.app;

import dev.tierwise.audit.EgressProof;
import dev.tierwise.audit.Period;
import dev.tierwise.audit.Verifier;
import dev.tierwise.core.DataClass;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tw prove`.
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Without --no-egress: the self-test. Sends unique canaries through a gateway of its own,"
                    + " in every position and disguise and under faults, to upstreams on loopback"
                    + " that record what reaches them, and looks for them in all files.",
            "With --no-egress: proves out of the audit trail that no data of a class, or of a higher"
                    + " one, was let out to a zone that is not local, or lists what speaks against"
                    + " it. Either answer is a statement signed with the trail's key.",
            "Exits with 0 when it is proven, with 1 when it is not. What cannot be told counts"
                    + " against the claim."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tw prove                     the self-test",
            "  ./tw prove --requests 1000000 --seed 7",
            "  ./tw prove --no-egress phi --from 2026-07-01 --to 2026-09-30",
            "  ./tw prove --no-egress phi --jurisdiction US --from 2026-07-01 --to 2026-09-30"
                    + " --out statement.json"
        })
final class ProveCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @Option(
            names = "--no-egress",
            paramLabel = "CLASS",
            description = "The class: public, internal, personal, special, phi or secret.")
    private @Nullable String dataClass;

    @Option(names = "--from", paramLabel = "DATE", description = "The first day, in UTC.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "The last day, which counts; default: today.")
    private @Nullable String to;

    @Option(names = "--requests", paramLabel = "N", description = "Of the self-test: how many.")
    private long requests = 20_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the self-test: what its requests are drawn from.")
    private long seed = 1;

    @Option(
            names = "--jurisdiction",
            paramLabel = "XX",
            description =
                    "Only zones there, or of no known place, count; default: all that are not"
                            + " local.")
    private @Nullable String jurisdiction;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the signed statement goes too, as one line of JSON.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Print the signed statement.")
    private boolean json;

    @Mixin private final AuditTarget target = new AuditTarget();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Verifier> verifier = target.verifier(err);
        if (verifier.isPresent() && dataClass == null) {
            PrintWriter out = spec.commandLine().getOut();
            return new SelfTestRun(out, err, verifier.get()).run(requests, seed, json, file);
        }
        Optional<DataClass> named = dataClass == null ? Optional.empty() : DataClass.of(dataClass);
        String last = to == null ? LocalDate.now(ZoneOffset.UTC).toString() : to;
        Optional<Period> period = from == null ? Optional.empty() : Period.parse(from, last);
        if (named.isEmpty()) {
            err.println("tw: --no-egress takes public, internal, personal, special, phi or secret");
        }
        if (period.isEmpty()) {
            err.println(
                    from == null
                            ? "tw: --no-egress needs --from, the first day"
                            : "tw: --from and --to take " + Period.FORMS);
        }
        if (named.isEmpty() || period.isEmpty() || verifier.isEmpty()) {
            return Main.USAGE;
        }
        var question =
                new EgressProof.Question(named.get(), period.get(), jurisdiction, Instant.now());
        return switch (EgressProof.of(verifier.get(), question)) {
            case EgressProof.Made.Done(EgressProof proof) -> answer(proof);
            case EgressProof.Made.Missing(String message) -> {
                err.println("tw: " + message);
                yield Main.NOT_FOUND;
            }
            case EgressProof.Made.Unreadable(String message) -> {
                err.println("tw: " + message);
                yield Main.FAILED;
            }
        };
    }

    private int answer(EgressProof proof) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path place = file;
        if (place != null) {
            try {
                Files.writeString(place, proof.statement() + "\n");
            } catch (IOException _) {
                err.println("tw: the statement cannot be written to " + place);
                return Main.FAILED;
            }
        }
        if (json) {
            out.println(proof.statement());
        } else {
            print(out, proof);
        }
        if (!proof.signed()) {
            err.println("tw: the statement is not signed: the trail's secret key is not here");
        }
        return proof.proven() ? Main.DONE : Main.FAILED;
    }

    private void print(PrintWriter out, EgressProof proof) {
        out.println(proof.proven() ? "PROVEN" : "NOT PROVEN");
        out.println("Claim: " + proof.claim());
        EgressProof.Evidence evidence = proof.evidence();
        EgressProof.Counts counts = evidence.counts();
        out.println(
                "%,d records in the period, %,d requests of the class; permits: %,d local, %,d other"
                        .formatted(
                                counts.records(),
                                counts.requests(),
                                counts.localPermits(),
                                counts.otherPermits()));
        evidence.breaks().stream()
                .limit(MOST_SHOWN)
                .forEach(found ->
                        out.println(
                                "  against it: "
                                        + (found.place().isEmpty()
                                                ? ""
                                                : found.place() + " " + found.time() + " ")
                                        + found.what()));
        if (counts.breaks() > MOST_SHOWN) {
            out.println("  and %,d more".formatted(counts.breaks() - MOST_SHOWN));
        }
        evidence.remarks().forEach(out::println);
        out.println("What this does not show:");
        EgressProof.limits().forEach(limit -> out.println("  " + limit));
        if (file == null && proof.signed()) {
            out.println("Signed statement:");
            out.println(proof.statement());
        }
    }
}
