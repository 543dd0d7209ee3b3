package dev.tierwise.discover;

import dev.tierwise.catalogue.Backend;
import dev.tierwise.catalogue.ModelFacts;
import dev.tierwise.core.Capability;
import dev.tierwise.discover.Abilities.Fact;
import dev.tierwise.discover.Abilities.Origin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers what is known of one model's abilities. What this kind of server never has outweighs
/// all; then what was tried here, what the server says of the model, and what the documentation
/// says of this kind of server. For one thread.
final class Study {
    private final Backend backend;
    private final Map<Capability, Fact> facts = new EnumMap<>(Capability.class);
    private final List<String> remarks = new ArrayList<>();
    private String version = "";
    private long context;
    private String contextSource = "";

    Study(Backend backend) {
        this.backend = backend;
    }

    /// The server's version; empty where it does not say one.
    Study version(String said) {
        version = said;
        if (!said.isEmpty()) {
            remarks.add(backend.title() + " " + said);
        }
        return this;
    }

    Study said(Capability capability, boolean has, String where) {
        facts.putIfAbsent(capability, new Fact(has, Origin.SAID, where));
        return this;
    }

    /// What was tried; null for what was not, or came to nothing.
    Study tried(Capability capability, Trials.Verdict verdict) {
        if (verdict != Trials.Verdict.UNDECIDED) {
            facts.put(
                    capability,
                    new Fact(
                            verdict == Trials.Verdict.YES, Origin.TRIED, "one request of a token"));
        }
        return this;
    }

    Study catalogued(Optional<ModelFacts> listed) {
        listed.ifPresent(model -> {
            for (Capability capability : model.capabilities()) {
                facts.putIfAbsent(
                        capability, new Fact(true, Origin.CATALOGUE, "catalogue: " + model.id()));
            }
            context(model.context(), "catalogue: " + model.id());
        });
        return this;
    }

    /// The context, where nobody has said one before; 0 is not one.
    Study context(long tokens, String source) {
        if (context == 0 && tokens > 0) {
            context = tokens;
            contextSource = source;
        }
        return this;
    }

    Study remark(String text) {
        remarks.add(text);
        return this;
    }

    Abilities done() {
        String page = backend.title() + "'s documentation";
        boolean tools = has(Capability.TOOLS);
        for (Capability capability : backend.grants()) {
            String since = backend.since(capability, tools);
            boolean there = since.isEmpty() || Versions.reaches(version, since);
            String source =
                    since.isEmpty()
                            ? page
                            : page
                                    + (tools ? ", with tools" : "")
                                    + " since "
                                    + since
                                    + (version.isEmpty() ? ", and it says no version" : "");
            facts.putIfAbsent(capability, new Fact(there, Origin.DOCUMENTED, source));
        }
        for (Capability capability : backend.lacks()) {
            facts.put(capability, new Fact(false, Origin.DOCUMENTED, page));
        }
        return new Abilities(facts, context, contextSource, remarks);
    }

    private boolean has(Capability capability) {
        Fact fact = facts.get(capability);
        return fact != null && fact.has();
    }
}
