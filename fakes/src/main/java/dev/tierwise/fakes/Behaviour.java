package dev.tierwise.fakes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the fake is told to do. Safe for use by several threads; each change holds for the requests
/// that are read after it.
final class Behaviour {
    /// Times without end.
    static final long ALWAYS = Long.MAX_VALUE;

    /// A fault and how many requests it still hits.
    record Armed(Fault fault, long times) {}

    volatile Script script = Script.of("The fake upstream answers in one whole sentence.");
    volatile FaultSettings settings = FaultSettings.defaults();
    volatile List<String> models = List.of("llama3.2:1b", "qwen2.5:7b");
    volatile @Nullable String right;
    volatile @Nullable RuntimeState runtime;
    private Armed armed = new Armed(Fault.NONE, ALWAYS);

    /// Arms a fault for so many requests.
    synchronized void arm(Fault fault, long times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, not " + times);
        }
        armed = new Armed(fault, fault == Fault.REFUSE ? ALWAYS : times);
    }

    /// What is armed now.
    synchronized Armed armed() {
        return armed;
    }

    /// The fault for one request, which it uses up.
    synchronized Fault take() {
        var now = armed;
        if (now.times() == 1) {
            armed = new Armed(Fault.NONE, ALWAYS);
        } else if (now.times() != ALWAYS) {
            armed = new Armed(now.fault(), now.times() - 1);
        }
        return now.fault();
    }
}
