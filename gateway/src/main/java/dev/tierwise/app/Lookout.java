package dev.tierwise.app;

import dev.tierwise.call.http.HttpFetch;
import dev.tierwise.catalogue.Backend;
import dev.tierwise.config.Config;
import dev.tierwise.discover.Abilities;
import dev.tierwise.discover.Discovery;
import dev.tierwise.discover.Found;
import dev.tierwise.discover.Inquiry;
import dev.tierwise.discover.Trials;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// Looks for models and asks their runtimes, on this machine only while nothing may leave it. Keeps
/// what was tried. Thread-safe.
final class Lookout {
    private final Gateway.Surroundings surroundings;
    private final LocalOnlyFile file;
    private final HttpFetch fetch;
    private final Trials trials = new Trials();
    private volatile boolean configured;
    private volatile BooleanSupplier turned = () -> false;

    Lookout(Vertx vertx, Gateway.Surroundings surroundings) {
        this.surroundings = surroundings;
        this.file = new LocalOnlyFile(Folders.of(surroundings.environment()));
        this.fetch = new HttpFetch(vertx, this::homebound);
    }

    /// Whether nothing may leave this machine, by whoever's word.
    boolean homebound() {
        return configured || turned.getAsBoolean() || file.isOn();
    }

    /// Obeys a switch too, from now on.
    void obey(BooleanSupplier localOnly) {
        turned = localOnly;
    }

    /// For questions to runtimes.
    HttpFetch fetch() {
        return fetch;
    }

    /// What can be found of what the configuration wants looked for, and what the runtimes that it
    /// names say of their models.
    Found look(Config config, Duration patience) {
        return look(config, patience, Found.NOTHING);
    }

    /// As above; a runtime that does not answer now is believed what it said before.
    Found look(Config config, Duration patience, Found before) {
        configured = config.localOnly();
        List<Inquiry.Subject> subjects =
                Sources.of(
                                config,
                                Found.NOTHING,
                                surroundings.catalogue(),
                                surroundings.environment())
                        .subjects();
        var asking =
                CompletableFuture.supplyAsync(
                        () -> ask(subjects, patience), task -> Thread.ofVirtual().start(task));
        Found found = discover(config, patience);
        Map<String, Abilities> known = new HashMap<>();
        for (Inquiry.Subject subject : subjects) {
            for (String model : subject.models()) {
                Abilities said = before.abilities().get(Found.key(subject.upstream(), model));
                if (said != null) {
                    known.put(Found.key(subject.upstream(), model), said);
                }
            }
        }
        known.putAll(asking.join());
        return found.knowing(known);
    }

    private Map<String, Abilities> ask(List<Inquiry.Subject> subjects, Duration patience) {
        return subjects.isEmpty()
                ? Map.of()
                : new Inquiry(fetch, surroundings.catalogue(), trials, patience).ask(subjects);
    }

    private Found discover(Config config, Duration patience) {
        if (config.discoveryInForce() == Config.Discovery.OFF) {
            return Found.NOTHING;
        }
        Found found =
                new Discovery(fetch, surroundings.catalogue(), trials, patience)
                        .find(surroundings.environment(), surroundings.day());
        if (config.discoveryInForce() == Config.Discovery.ON) {
            return found;
        }
        var local =
                found.upstreams().stream()
                        .filter(upstream -> upstream.backend().kind() == Backend.Kind.LOCAL)
                        .toList();
        return new Found(local, found.models(), found.missing(), found.abilities());
    }

    /// Asks the runtimes of this machine whether their models run here.
    Attestation attest(Sources sources, Duration patience) {
        return Attestation.of(sources, fetch, patience);
    }
}
