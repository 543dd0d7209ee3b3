package dev.tierwise.config;

import dev.tierwise.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// All that `tierwise.yaml` says, checked: names are unique and every name that is referred to
/// exists. Only the names of backends are left to be checked by who knows them.
///
/// @param server the door
/// @param keys the keys that open it; with none, everybody on this machine may come in
/// @param discovery what to look for besides the models listed; null when the file is silent, see
///   [#discoveryInForce]
/// @param upstreams servers that have models
/// @param models the models listed, in the file's order
/// @param rules declared rules; the first that matches wins
/// @param quality how good an answer must be where the client does not say, 0..1
/// @param baseline the model that savings are reckoned against; null for the dearest
/// @param ledger where the ledger is kept, absolute; null for the usual place
/// @param engine how models run on this machine by the gateway's own doing
/// @param policy which class of data may go where
/// @param taggers files of what the detector was taught, absolute
/// @param localOnly whether nothing may leave this machine
public record Config(
        ServerSettings server,
        List<KeySettings> keys,
        @Nullable Discovery discovery,
        List<UpstreamSettings> upstreams,
        List<ModelSettings> models,
        List<RuleSettings> rules,
        double quality,
        @Nullable String baseline,
        @Nullable Path ledger,
        EngineSettings engine,
        Policy policy,
        List<Path> taggers,
        boolean localOnly) {
    /// What holds without a file.
    public static final Config DEFAULT =
            new Config(
                    ServerSettings.DEFAULT,
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    0.8,
                    null,
                    null,
                    EngineSettings.DEFAULT,
                    Policy.DEFAULT,
                    List.of(),
                    false);

    public Config {
        keys = List.copyOf(keys);
        upstreams = List.copyOf(upstreams);
        models = List.copyOf(models);
        rules = List.copyOf(rules);
        taggers = List.copyOf(taggers);
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality is not within 0..1");
        }
    }

    /// The same, listening elsewhere.
    public Config listeningOn(String host, int port) {
        return new Config(
                server.listeningOn(host, port),
                keys,
                discovery,
                upstreams,
                models,
                rules,
                quality,
                baseline,
                ledger,
                engine,
                policy,
                taggers,
                localOnly);
    }

    /// What the gateway looks for by itself.
    public enum Discovery {
        /// Servers on this machine and cloud keys in the environment.
        ON,
        /// Nothing.
        OFF,
        /// Servers on this machine only.
        LOCAL;

        /// The word used in the file.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What to look for: what the file says, or all when it lists no models, or nothing.
    public Discovery discoveryInForce() {
        if (discovery != null) {
            return discovery;
        }
        return models.isEmpty() ? Discovery.ON : Discovery.OFF;
    }
}
