package dev.tierwise.prove;

import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;

/// A part of the detector that fails when it is told to. Thread-safe.
final class Trouble implements Recogniser {
    private static final long LONGER_THAN_ALLOWED = 400;

    private volatile Fault fault = Fault.NONE;

    void set(Fault next) {
        fault = next;
    }

    @Override
    public void find(Plain text, String field, Hits hits) {
        switch (fault) {
            case DETECTOR_FAILS -> throw new IllegalStateException("a planted fault");
            case DETECTOR_SLOW -> sleep();
            case NONE, NEAR_FAILS, NEAR_BUSY, NEAR_CUTS, NEAR_REDIRECTS, RELOADS, SWITCHED -> {}
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LONGER_THAN_ALLOWED);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
