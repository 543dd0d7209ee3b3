package dev.tierwise.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a trail, or a copy of one, without changing it. Needs only the public key. A gateway may
/// write the trail meanwhile.
///
/// @param folder the trail's
/// @param publicKey a file with the public key to trust; null for the key that the anchor or the
///   witness names, or else the folder's own, which is only as good as the folder
/// @param witness the copy of the newest checkpoint outside the folder; null for none
/// @param anchors checkpoints kept elsewhere, as lines
public record Verifier(
        Path folder, @Nullable Path publicKey, @Nullable Path witness, List<String> anchors) {
    private static final Pattern KIND = Pattern.compile("\\{\"statement\":\"([a-z-]{1,30})\"");

    public Verifier {
        anchors = List.copyOf(anchors);
    }

    /// A statement of this machine, signed with the trail's key.
    ///
    /// @param kind what sort of statement it is; one sort cannot pass for another
    /// @param object an object of JSON without its closing brace
    /// @return empty when the secret key is not here
    public Optional<String> seal(String kind, String object) {
        try {
            SigningKey key = new KeyFiles(folder).read();
            return key == null ? Optional.empty() : Optional.of(Seal.line(kind, object, key));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Reads all of the trail once.
    public Verification verify() {
        return verify(_ -> {});
    }

    /// Reads all of the trail once and shows each line to `visitor`.
    Verification verify(Consumer<Line> visitor) {
        if (!Files.isDirectory(folder)) {
            return new Verification.Missing(
                    "There is no audit trail in " + folder + "; ./tw serve makes one.");
        }
        try {
            return checked(visitor);
        } catch (IOException e) {
            return new Verification.Unreadable(Complaint.of(folder, e));
        }
    }

    private Verification checked(Consumer<Line> visitor) throws IOException {
        var known = new ArrayList<Checkpoint>();
        for (String anchor : anchors) {
            Checkpoint read = Checkpoint.read(anchor.strip());
            if (read == null) {
                return new Verification.Unreadable(
                        "The anchor is not a line of ./tw audit anchor; give it as it was printed.");
            }
            known.add(read);
        }
        Checkpoint outside = witness == null ? null : Witness.newest(witness);
        if (outside != null) {
            known.add(outside);
        }
        PublicKey given = null;
        if (publicKey != null) {
            given = PublicKeys.read(publicKey);
            if (given == null) {
                return new Verification.Unreadable(
                        publicKey + " holds no public key; give the file key.pub of the trail.");
            }
        } else if (!known.isEmpty()) {
            given = named(known.getFirst().seal().key());
        }
        PublicKeys keys = PublicKeys.of(folder, given);
        if (keys == null) {
            return new Verification.Missing(
                    "There is no audit trail in "
                            + folder
                            + ", or its public key "
                            + KeyFiles.OPEN
                            + " is gone; give it with --public-key.");
        }
        var scan = new Scan(new Segments(folder), keys, visitor);
        known.forEach(scan::anchor);
        if (witness != null && outside == null) {
            scan.remark(
                    "The checkpoint copy "
                            + witness
                            + " is missing: that nothing was cut off is shown by an anchor only.");
        }
        return scan.run();
    }

    /// The key with an id that somebody outside the folder vouches for.
    private @Nullable PublicKey named(String id) throws IOException {
        PublicKey kept = PublicKeys.read(folder.resolve(KeyFiles.KEPT).resolve(id + ".pub"));
        return kept != null && SigningKey.id(kept).equals(id) ? kept : null;
    }

    /// The newest checkpoint of the trail as one line, to be kept elsewhere; null when there is
    /// none.
    ///
    /// @throws UncheckedIOException when the folder cannot be read
    public @Nullable String anchor() {
        try {
            Checkpoint newest = Witness.newest(new Segments(folder).checkpoints());
            return newest == null ? null : newest.line();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a statement, such as `tw prove` prints, is what a key of this trail signed. Without
    /// a public key to trust the trail itself must be intact, for it says which keys are its own.
    ///
    /// @param line the statement as it was printed
    /// @return why it is not to be trusted; empty when it is
    public Optional<String> doubt(String line) {
        Seal seal = Seal.read(line.strip());
        Matcher kind = KIND.matcher(line.strip());
        if (seal == null || !kind.lookingAt()) {
            return Optional.of("it is no signed statement; give one line as ./tw prove printed it");
        }
        try {
            return doubt(seal, kind.group(1));
        } catch (IOException e) {
            return Optional.of(Complaint.of(folder, e));
        }
    }

    private Optional<String> doubt(Seal seal, String kind) throws IOException {
        if (publicKey != null) {
            PublicKey given = PublicKeys.read(publicKey);
            return given != null && seal.holds(kind, given)
                    ? Optional.empty()
                    : Optional.of("it was changed, or signed with another key than " + publicKey);
        }
        PublicKeys keys = PublicKeys.of(folder, null);
        if (keys == null) {
            return Optional.of(
                    "there is no audit trail in " + folder + "; name its key with --public-key");
        }
        if (!keys.holds(kind, seal)) {
            return Optional.of("it was changed, or signed with a key that is not this trail's");
        }
        if (seal.key().equals(keys.root())) {
            return Optional.empty();
        }
        boolean tied =
                verify() instanceof Verification.Intact(var chain, _)
                        && chain.signatures().keys().contains(seal.key());
        return tied
                ? Optional.empty()
                : Optional.of("it was signed with a key that the trail does not vouch for");
    }
}
