package dev.tierwise.guard;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Prompt;

/// Leave to show one prompt to the models that are cleared for its class of data. Only the guard
/// can make one, and every way to a model takes one: code that would send a prompt without asking
/// the guard does not compile. Immutable.
///
/// Not a record: the constructor of a public record cannot be hidden.
public final class Clearance {
    private final Prompt prompt;
    private final DataClass dataClass;

    Clearance(Prompt prompt, DataClass dataClass) {
        this.prompt = prompt;
        this.dataClass = dataClass;
    }

    /// The prompt that may be shown.
    public Prompt prompt() {
        return prompt;
    }

    /// The class of its data.
    public DataClass dataClass() {
        return dataClass;
    }

    /// Whether `model` may see the prompt.
    public boolean allows(ModelCard model) {
        return model.clearance().compareTo(dataClass) >= 0;
    }

    @Override
    public String toString() {
        return "Clearance[" + dataClass.word() + ", " + prompt + "]";
    }
}
