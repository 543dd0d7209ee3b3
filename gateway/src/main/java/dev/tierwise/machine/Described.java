package dev.tierwise.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine as somebody describes it, such as one that he thinks of buying: by the name of a
/// product, or by numbers. Nothing is read here, so nothing is known of what else runs there:
/// budgets are those of a machine with nothing on it. Pure; for any thread.
public sealed interface Described {
    /// It was understood.
    record Known(Machine machine) implements Described {}

    /// It was not.
    ///
    /// @param problem what is wrong and how to say it, in words for people
    /// @param near names that may have been meant, the nearest first
    record Unclear(String problem, List<String> near) implements Described {
        public Unclear {
            near = List.copyOf(near);
        }
    }

    /// Numbers as they were typed; null where nothing was.
    ///
    /// @param memory that models may lie in, as on a card: `24G`, `24GiB` or `24GB`
    /// @param bandwidth of that memory, in GB/s
    /// @param ram the main memory
    /// @param cores processors
    record Numbers(
            @Nullable String memory,
            @Nullable String bandwidth,
            @Nullable String ram,
            @Nullable String cores) {}

    /// By the name of a product, with the size of its memory where it comes in several: `DGX
    /// Spark`, `RTX 4090`, `2x RTX 3090`, `M5 Pro 48G`, `Mac Studio M3 Ultra 256G`.
    static Described of(String description) {
        return ByName.of(description);
    }

    /// By numbers, `memory` or `ram` at least.
    static Described of(Numbers numbers) {
        if (numbers.memory() == null && numbers.ram() == null) {
            return new Unclear("no memory is said: say --memory 24G, or --ram 64G", List.of());
        }
        var processor = new Device("processor", Device.Kind.CPU, null, null, null);
        return ByNumbers.over(
                new Machine("the machine described", List.of(processor), null, null, 0, List.of()),
                numbers);
    }

    /// A machine with some of its figures replaced: what was read wrongly, or could not be read.
    /// `memory` and `bandwidth` are those of the first device, `ram` and `cores` of the processor.
    /// A machine that has only a processor gets a card by `memory`.
    static Described over(Machine machine, Numbers numbers) {
        return ByNumbers.over(machine, numbers);
    }
}
