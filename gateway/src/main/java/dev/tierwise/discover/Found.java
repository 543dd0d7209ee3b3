package dev.tierwise.discover;

import dev.tierwise.core.ModelCard;
import java.util.List;

/// What a search of this machine came to.
///
/// @param upstreams the servers and hosted APIs that can be used, local ones first
/// @param models their models, in the order in which they are to be tried: by tier, within `local`
///   smallest useful first, within the others newest first
/// @param missing what was looked for in vain
public record Found(List<FoundUpstream> upstreams, List<ModelCard> models, List<Missing> missing) {
    public Found {
        upstreams = List.copyOf(upstreams);
        models = List.copyOf(models);
        missing = List.copyOf(missing);
    }
}
