package dev.tierwise.models;

import dev.tierwise.call.Download.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Fetches one file into the folder of its model, as often as it takes.
///
/// @param around the network, the disk and time
/// @param progress is told how it goes on
record Transfer(Pull.Surroundings around, Progress progress) {
    /// What fetching came to.
    sealed interface Result {
        /// All bytes are in [Part#bytes] and are what they should be.
        record Done(String sha256, long bytes) implements Result {}

        /// The bytes are not those that the registry promised; they were deleted.
        record Damaged(String message) implements Result {}

        record Missing(String message) implements Result {}

        record Failed(String message) implements Result {}
    }

    Result fetch(Source source, Path folder) throws IOException {
        Result result = once(source, folder);
        if (result instanceof Result.Damaged(String message)) {
            progress.note(message + "; once more from the beginning");
            result = once(source, folder);
        }
        return result;
    }

    private Result once(Source source, Path folder) throws IOException {
        try (var receiving = Receiving.open(source, folder, around, progress)) {
            var tries = new Tries();
            while (!receiving.complete()) {
                long before = receiving.bytes();
                Ended ended = around.download().download(receiving.order(), receiving);
                if (ended instanceof Ended.Whole) {
                    break;
                }
                if (isPastTheEnd(ended) && before > 0) {
                    receiving.startAnew();
                    continue;
                }
                if (receiving.bytes() > before) {
                    tries.progress();
                }
                Duration wait = tries.next(ended);
                if (wait == null) {
                    return gaveUp(source, receiving, ended);
                }
                progress.note(why(ended) + "; going on (" + tries.shown() + ")");
                if (!around.pause().wait(wait)) {
                    return gaveUp(source, receiving, ended);
                }
            }
            return check(receiving, folder);
        }
    }

    /// Whether the server's file is shorter than what is here, so that it is another one.
    private static boolean isPastTheEnd(Ended ended) {
        return ended instanceof Ended.Refused(int status, _) && status == 416;
    }

    private static String why(Ended ended) {
        return switch (ended) {
            case Ended.Cut(String message) -> message;
            case Ended.Unreachable(String host, String message) -> host + ": " + message;
            case Ended.Refused(int status, _) -> "the server answered " + status;
            case Ended.Whole _, Ended.Stopped _, Ended.Forbidden _ -> "broken off";
        };
    }

    private static Result gaveUp(Source source, Receiving receiving, Ended ended) {
        String rest =
                receiving.bytes() == 0
                        ? ""
                        : ". "
                                + Sizes.shown(receiving.bytes())
                                + " are kept; the same command goes on from there";
        String host = source.uri().getHost();
        return switch (ended) {
            case Ended.Stopped _ -> new Result.Failed(String.valueOf(receiving.trouble()));
            case Ended.Refused(int status, _) when status == 404 || status == 410 ->
                    new Result.Missing("there is no such file at " + host);
            case Ended.Refused(int status, _) ->
                    new Result.Failed(Endings.refused(status, host) + rest);
            case Ended.Unreachable(String where, String message) ->
                    new Result.Failed(Endings.offline(where, message) + rest);
            case Ended.Cut(String message) ->
                    new Result.Failed(host + ": " + message + ", several times" + rest);
            case Ended.Forbidden(String message) -> new Result.Failed(message);
            case Ended.Whole _ -> new Result.Failed(host + " sent nothing of use");
        };
    }

    private static Result check(Receiving receiving, Path folder) throws IOException {
        String wanted = receiving.wanted();
        String got = receiving.sha256();
        if (receiving.bytes() < 4) {
            Part.forget(folder);
            return new Result.Failed("the server sent an empty file");
        }
        if (wanted != null && !wanted.equals(got)) {
            Part.forget(folder);
            return new Result.Damaged(
                    "the file arrived damaged: its SHA-256 is "
                            + got
                            + " and should be "
                            + wanted
                            + "; it was deleted");
        }
        return new Result.Done(got, Files.size(Part.bytes(folder)));
    }
}
