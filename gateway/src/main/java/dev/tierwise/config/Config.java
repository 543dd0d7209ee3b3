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
/// @param routing how requests that name no model are routed
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
        Routing routing,
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
                    Routing.DEFAULT,
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
                routing,
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

    /// How requests that name no model are routed.
    ///
    /// @param aim what is to be achieved
    /// @param checks how answers are looked into
    /// @param guarantee what is to be proven of the cascade; null for nothing
    /// @param explore the share of accepted answers that are compared with the frontier's
    ///   afterwards
    /// @param learn whether the user's own traffic teaches
    public record Routing(
            Aim aim, Checks checks, @Nullable Guarantee guarantee, double explore, boolean learn) {
        /// What holds where the file is silent.
        public static final Routing DEFAULT =
                new Routing(
                        new Aim.Quality(),
                        new Checks(true, Checks.AUTO, 0, Checks.OFF, false),
                        null,
                        0,
                        true);

        /// What routing is to achieve.
        public sealed interface Aim {
            /// The cheapest answer that is good enough, by the key `quality`.
            record Quality() implements Aim {}

            /// The best answers for so much money.
            ///
            /// @param dollars a request in the mean
            record Budget(double dollars) implements Aim {}

            /// The best answers at wished shares.
            ///
            /// @param targets of local, mid and frontier, together 1
            record Shares(List<Double> targets) implements Aim {
                public Shares {
                    targets = List.copyOf(targets);
                }
            }
        }

        /// How answers are looked into before they are accepted.
        ///
        /// @param cascade whether at all
        /// @param second the small model whose agreement may be asked for: `auto`, `off` or a name
        /// @param samples how often a model may be asked again to compare
        /// @param judge the model that may judge answers: `auto`, `off` or a name
        /// @param whole whether streamed prose is held to its end
        public record Checks(
                boolean cascade, String second, int samples, String judge, boolean whole) {
            /// Any that fits.
            public static final String AUTO = "auto";

            /// None.
            public static final String OFF = "off";
        }

        /// What is to be proven before small models' answers are accepted on their judged worth
        /// alone.
        ///
        /// @param worse on how many requests at most answers may be worse than the frontier's, 0 to
        ///   1
        /// @param confidence how surely, 0 to 1
        public record Guarantee(double worse, double confidence) {}
    }
}
