package dev.tierwise.call.runtime;

import dev.tierwise.core.Failure;

/// Why a request does not get a model of a runtime.
final class Refusals {
    private Refusals() {}

    static Failure unknown(String model) {
        return new Failure.NotFound(
                "The runtime has no model `" + model + "` that is known to run here.",
                "model_not_found");
    }

    /// @param memory bytes that all models together may take
    static Failure tooLarge(Berth berth, long memory) {
        return new Failure.Unready(
                "`"
                        + berth.model
                        + "` needs "
                        + mebibytes(berth.need(Long.MAX_VALUE))
                        + " MiB and all models together may take "
                        + mebibytes(memory)
                        + " (`loading.memory`); take a smaller model or less context.");
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    static Failure full(int queue) {
        return new Failure.Overloaded(
                queue + " requests wait for models already (`loading.queue`); ask again later.",
                null);
    }

    static Failure late(Berth berth) {
        String why =
                switch (berth.state()) {
                    case ABSENT, UNLOADING -> "other models kept its memory";
                    case LOADING, ARRIVING -> "it was still loading";
                    case LOADED -> "all its " + berth.slots() + " slots were busy";
                };
        return new Failure.Timeout(
                "`" + berth.model + "` was not to be had in time: " + why + ".",
                Failure.Phase.QUEUE);
    }
}
