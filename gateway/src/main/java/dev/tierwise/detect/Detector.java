package dev.tierwise.detect;

import java.util.ArrayList;
import java.util.List;

/// Scans text for everything that there is a recogniser for. Thread-safe.
public final class Detector {
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
        return new Detector(List.of(), "none");
    }

    /// This one with another recogniser beside its own.
    public Detector with(Recogniser more) {
        var all = new ArrayList<>(recognisers);
        all.add(more);
        return new Detector(all, bundle);
    }

    /// What detector this is: the same word means the same findings.
    public String bundle() {
        return bundle;
    }

    /// What there is in `text`, in order, without overlaps.
    ///
    /// @param text one string of a request
    /// @param field the name of the JSON field that it stood in; empty for none
    public List<Finding> scan(String text, String field) {
        Plain plain = Plain.same(text);
        var found = new ArrayList<Finding>();
        for (Recogniser recogniser : recognisers) {
            recogniser.find(
                    plain,
                    field,
                    (start, end, kind, score) ->
                            found.add(
                                    new Finding(
                                            plain.origin(start), plain.origin(end), kind, score)));
        }
        return found;
    }
}
