package dev.tierwise.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the checks of one examination write down. For one thread.
final class Sheet {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Signal, Double> signals = new EnumMap<>(Signal.class);

    void add(Finding finding) {
        findings.add(finding);
    }

    void set(Signal signal, double value) {
        signals.put(signal, value);
    }

    void set(Signal signal, boolean value) {
        set(signal, value ? 1 : 0);
    }

    void count(Signal signal, long count) {
        set(signal, Math.log1p((double) count));
    }

    Examination done() {
        return new Examination(findings, new Signals(signals));
    }
}
