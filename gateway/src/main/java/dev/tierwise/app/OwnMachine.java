package dev.tierwise.app;

import dev.tierwise.machine.Detection;
import dev.tierwise.machine.Machine;
import dev.tierwise.machine.Probes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The machine that this process runs on, read and measured for a tenth of a second when somebody
/// first asks. Thread-safe.
final class OwnMachine implements Supplier<Machine> {
    private @Nullable Machine read;

    @Override
    public synchronized Machine get() {
        Machine known = read;
        if (known == null) {
            known = Detection.of(Probes.real(), Detection.Effort.MEASURE).machine();
            read = known;
        }
        return known;
    }
}
