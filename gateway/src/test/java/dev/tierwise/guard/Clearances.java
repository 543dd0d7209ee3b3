package dev.tierwise.guard;

import dev.tierwise.core.Caller;
import dev.tierwise.core.Prompt;
import dev.tierwise.detect.Detector;
import dev.tierwise.policy.Policy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Clearances for tests of what takes one: of a guard that looks for nothing.
public final class Clearances {
    private Clearances() {}

    /// A guard with the usual policy whose detector finds nothing.
    public static Guard blindGuard() {
        return guard(new Detector(List.of(), "none"));
    }

    /// A guard with the usual policy.
    public static Guard guard(Detector detector) {
        return new Guard(
                Policy.DEFAULT,
                new Scanner(detector, Duration.ofSeconds(10), 8, Set.of()),
                new Watch(
                        (_, _) -> {},
                        (_, _, _) -> Optional.empty(),
                        new KeyedHash(KeyedHash.random())),
                Clock.systemUTC());
    }

    /// Leave for `prompt` by what `caller` declares.
    public static Clearance of(Prompt prompt, Caller caller) {
        return blindGuard().check(prompt, caller, Asking.of("r", "test", "/v1/chat/completions"));
    }
}
