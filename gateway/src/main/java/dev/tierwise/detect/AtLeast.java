package dev.tierwise.detect;

/// Passes on what a recogniser is sure enough of.
///
/// @param recogniser who looks
/// @param least the least score, 0..1
record AtLeast(Recogniser recogniser, float least) implements Recogniser {
    @Override
    public String version() {
        return recogniser.version() + " from " + least;
    }

    @Override
    public void find(Plain text, String field, Hits hits) {
        recogniser.find(
                text,
                field,
                (start, end, kind, score) -> {
                    if (score >= least) {
                        hits.add(start, end, kind, score);
                    }
                });
    }
}
