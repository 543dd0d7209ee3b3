package dev.tierwise.models;

import dev.tierwise.call.Download.Ended;
import dev.tierwise.models.Source.Found;

/// Says what a broken transfer means for the user.
final class Endings {
    private Endings() {}

    /// What came of asking `whom`, which did not end well.
    static Found explain(Ended ended, String whom) {
        return switch (ended) {
            case Ended.Unreachable(String host, String message) ->
                    new Found.Offline(offline(host, message));
            case Ended.Refused(int status, _) when status == 404 || status == 410 ->
                    new Found.Missing("there is nothing at " + whom);
            case Ended.Refused(int status, _) -> new Found.Failed(refused(status, whom));
            case Ended.Cut(String message) ->
                    new Found.Failed(
                            whom + " cannot be used now: " + message + "; try again later");
            case Ended.Forbidden(String message) -> new Found.Failed(message);
            case Ended.Stopped _ -> new Found.Failed(whom + " sent far more than was asked for");
            case Ended.Whole _ -> new Found.Failed(whom + " sent nothing of use");
        };
    }

    static String refused(int status, String whom) {
        String what =
                switch (status) {
                    case 401, 403 -> "it wants a proof of who you are, or forbids the file to you";
                    case 429 -> "it wants fewer requests; try again later";
                    default -> status >= 500 ? "it has trouble of its own; try again later" : "";
                };
        return whom + " answered " + status + (what.isEmpty() ? "" : ": " + what);
    }

    static String offline(String host, String message) {
        return host
                + " cannot be reached ("
                + message
                + "). Is this machine online? Behind a proxy, set TIERWISE_JAVA_OPTS="
                + "'-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'. Without a network, copy a .gguf"
                + " file here and type ./tw pull ./FILE.gguf; `./tw models ls` shows what is here";
    }
}
