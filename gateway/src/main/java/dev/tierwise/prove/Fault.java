package dev.tierwise.prove;

/// What goes wrong while canaries are on their way.
enum Fault {
    /// Nothing.
    NONE,
    /// The model on this machine answers with errors.
    NEAR_FAILS,
    /// It has no place free.
    NEAR_BUSY,
    /// It breaks connections off.
    NEAR_CUTS,
    /// It sends clients elsewhere.
    NEAR_REDIRECTS,
    /// The detector throws.
    DETECTOR_FAILS,
    /// The detector takes longer than it may.
    DETECTOR_SLOW,
    /// The configuration is read anew all the time.
    RELOADS,
    /// The switch is turned to and fro.
    SWITCHED;

    Recorder.Mood near() {
        return switch (this) {
            case NEAR_FAILS -> Recorder.Mood.FAILS;
            case NEAR_BUSY -> Recorder.Mood.BUSY;
            case NEAR_CUTS -> Recorder.Mood.CUTS;
            case NEAR_REDIRECTS -> Recorder.Mood.REDIRECTS;
            case NONE, DETECTOR_FAILS, DETECTOR_SLOW, RELOADS, SWITCHED -> Recorder.Mood.ANSWERS;
        };
    }

    /// How much of a test it gets: where each request is waited for, and tried again, less.
    int weight() {
        return switch (this) {
            case NONE, DETECTOR_FAILS, RELOADS, SWITCHED -> 40;
            case NEAR_FAILS, NEAR_BUSY, NEAR_CUTS, NEAR_REDIRECTS -> 1;
            case DETECTOR_SLOW -> 0;
        };
    }

    /// Whether harmless requests must get through to the far upstream all the same.
    boolean letsHarmlessThrough() {
        return switch (this) {
            case NONE, NEAR_FAILS, NEAR_BUSY, NEAR_CUTS, NEAR_REDIRECTS, RELOADS -> true;
            case DETECTOR_FAILS, DETECTOR_SLOW, SWITCHED -> false;
        };
    }
}
