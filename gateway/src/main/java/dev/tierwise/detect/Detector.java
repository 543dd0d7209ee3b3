package dev.tierwise.detect;

import dev.tierwise.detect.ids.Identifiers;
import dev.tierwise.detect.names.Names;
import dev.tierwise.detect.secrets.Secrets;
import dev.tierwise.detect.tag.Tagger;
import dev.tierwise.detect.text.Canonical;
import dev.tierwise.detect.text.Disguises;
import dev.tierwise.detect.text.Wrapped;
import dev.tierwise.detect.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Scans text for everything that there is a recogniser for. Thread-safe.
public final class Detector {
    private static final int BUNDLE_LETTERS = 16;

    private final List<Recogniser> recognisers;
    private final String bundle;

    /// @param recognisers who looks
    /// @param bundle names them and what they learned, by hash
    public Detector(List<Recogniser> recognisers, String bundle) {
        this.recognisers = List.copyOf(recognisers);
        this.bundle = bundle;
    }

    /// The detector that comes with the product.
    public static Detector shipped() {
        return Shipped.DETECTOR;
    }

    /// A detector of these recognisers, named by the hash of what they say they are.
    public static Detector of(List<Recogniser> recognisers) {
        var said = new StringBuilder(Canonical.VERSION);
        for (Recogniser recogniser : recognisers) {
            said.append('\n').append(recogniser.version());
        }
        return new Detector(recognisers, hash(said.toString()));
    }

    /// This one with another recogniser beside its own.
    public Detector with(Recogniser more) {
        var all = new ArrayList<>(recognisers);
        all.add(more);
        return new Detector(all, hash(bundle + '\n' + more.version()));
    }

    /// What detector this is: the same word means the same findings.
    public String bundle() {
        return bundle;
    }

    /// What there is in `text`, in order, without overlaps. Topics may lie under identifiers.
    ///
    /// @param text one string of a request
    /// @param field the name of the JSON field that it stood in; empty for none
    public List<Finding> scan(String text, String field) {
        Plain plain = Canonical.of(text);
        var found = new ArrayList<Finding>();
        look(plain, field, found);
        Plain bare = Disguises.removed(plain);
        if (bare != null) {
            look(bare, field, found);
        }
        return Overlaps.removed(found);
    }

    private void look(Plain plain, String field, List<Finding> found) {
        Recogniser.Hits hits =
                (start, end, kind, score) ->
                        found.add(
                                new Finding(
                                        plain.origin(start), plain.originEnd(end), kind, score));
        for (Recogniser recogniser : recognisers) {
            recogniser.find(plain, field, hits);
        }
    }

    private static String hash(String said) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(said.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum).substring(0, BUNDLE_LETTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Made when it is first asked for: the tables take some milliseconds.
    private static final class Shipped {
        /// What lists of names say with less is often a product, a street of fiction, or a word.
        private static final float NAMED = 0.8f;

        /// What the tagger says with less is as often wrong as right in ordinary text.
        private static final float TAGGED = 0.7f;

        /// Further recognisers are added here, and nowhere else.
        static final Detector DETECTOR =
                Detector.of(
                        List.of(
                                new Identifiers(),
                                new Secrets(),
                                new Topics(),
                                new Wrapped(),
                                new AtLeast(new Names(), NAMED),
                                new AtLeast(Tagger.shipped(), TAGGED)));
    }
}
