package dev.tierwise.discover;

import dev.tierwise.core.ModelCard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a search of this machine came to.
///
/// @param upstreams the servers and hosted APIs that can be used, local ones first
/// @param models their models, in the order in which they are to be tried: by tier, within `local`
///   smallest useful first, within the others newest first
/// @param missing what was looked for in vain
/// @param abilities what is known of what models can do, those of the configuration included, by
///   [#key]
public record Found(
        List<FoundUpstream> upstreams,
        List<ModelCard> models,
        List<Missing> missing,
        Map<String, Abilities> abilities) {
    /// Nothing.
    public static final Found NOTHING = new Found(List.of(), List.of(), List.of(), Map.of());

    public Found {
        upstreams = List.copyOf(upstreams);
        models = List.copyOf(models);
        missing = List.copyOf(missing);
        abilities = Map.copyOf(abilities);
    }

    /// What tells one model of one upstream from all others.
    ///
    /// @param remoteName its name there
    public static String key(String upstream, String remoteName) {
        return remoteName + "@" + upstream;
    }

    /// What is known of what a model can do; null for nothing.
    public @Nullable Abilities abilities(ModelCard model) {
        return abilities.get(key(model.upstream(), model.remoteName()));
    }

    /// The same with more known of what models can do.
    public Found knowing(Map<String, Abilities> more) {
        var all = new HashMap<>(abilities);
        all.putAll(more);
        return new Found(upstreams, models, missing, all);
    }

    /// Whether there is the same to be had.
    public boolean isLike(Found other) {
        return upstreams.equals(other.upstreams)
                && models.equals(other.models)
                && abilities.equals(other.abilities);
    }
}
