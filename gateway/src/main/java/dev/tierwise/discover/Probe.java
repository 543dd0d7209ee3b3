package dev.tierwise.discover;

import java.util.List;

/// Looks for one kind of server on this machine. Called on a virtual thread; may block.
interface Probe {
    /// The backend's name.
    String source();

    /// The address that is looked at, for people.
    String where();

    /// Looks, and says what there is.
    Probed look(Eyes eyes);

    /// What one probe came to.
    ///
    /// @param upstreams the server, if it is there
    /// @param models its models
    /// @param missing why there is nothing to use, if there is nothing
    record Probed(List<FoundUpstream> upstreams, List<FoundModel> models, List<Missing> missing) {
        static Probed of(FoundUpstream upstream, List<FoundModel> models) {
            return new Probed(List.of(upstream), List.copyOf(models), List.of());
        }

        static Probed nothing(Missing missing) {
            return new Probed(List.of(), List.of(), List.of(missing));
        }
    }
}
