package dev.tierwise.app;

import dev.tierwise.audit.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name an audit trail and what it is held to.
final class AuditTarget {
    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "The trail, or a copy of one; default: the trail of this user, which is also"
                            + " held to the checkpoint copy beside it.")
    private @Nullable Path folder;

    @Option(
            names = "--anchor",
            paramLabel = "LINE|FILE",
            description = "A checkpoint kept elsewhere, as `tw audit anchor` printed it.")
    private List<String> anchors = List.of();

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description =
                    "The key to trust; default: the one that the anchor or the checkpoint copy"
                            + " names, or else the folder's own key.pub.")
    private @Nullable Path publicKey;

    /// The verifier; says so where an anchor's file cannot be read.
    Optional<Verifier> verifier(PrintWriter err) {
        var lines = new ArrayList<String>();
        for (String anchor : anchors) {
            if (anchor.startsWith("{")) {
                lines.add(anchor);
                continue;
            }
            try {
                lines.addAll(
                        Files.readAllLines(Path.of(anchor), StandardCharsets.ISO_8859_1).stream()
                                .filter(line -> !line.isBlank())
                                .toList());
            } catch (IOException _) {
                err.println(
                        "tw: --anchor takes a line of ./tw audit anchor or a file with some; "
                                + anchor
                                + " is neither");
                return Optional.empty();
            }
        }
        Folders own = Folders.of(System::getenv);
        Path named = folder;
        return Optional.of(
                named == null
                        ? new Verifier(own.audit(), publicKey, own.auditWitness(), lines)
                        : new Verifier(named, publicKey, null, lines));
    }
}
