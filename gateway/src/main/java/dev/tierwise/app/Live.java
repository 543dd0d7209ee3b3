package dev.tierwise.app;

import dev.tierwise.api.DoorRules;
import dev.tierwise.call.http.Upstream;
import dev.tierwise.core.ModelCard;
import dev.tierwise.flow.Setup;
import java.time.Duration;
import java.util.List;

/// All that one configuration makes. Immutable; a reload makes a new one.
///
/// @param setup what the flow works with
/// @param rules what the door works with
/// @param upstreams the connections, to be closed when nothing uses them any more
record Live(Setup setup, DoorRules rules, List<Upstream> upstreams) {
    Live {
        upstreams = List.copyOf(upstreams);
    }

    List<ModelCard> models() {
        return setup.router().models();
    }

    /// Lets running requests end and closes the connections.
    void retire(Duration grace) {
        upstreams.forEach(upstream -> upstream.close(grace));
    }
}
