package dev.tierwise.e2e;

import java.net.URI;
import java.util.List;

/// Writes a `tierwise.yaml`. Immutable.
///
/// @param head what comes before upstreams and models
/// @param upstreams entries of `upstreams`
/// @param models entries of `models`
record Yaml(String head, List<String> upstreams, List<String> models) {
    /// Short limits, so that faults are over soon.
    static final String QUICK =
            "timeouts: {connect: 500ms, first-byte: 1500ms, idle: 1000ms}, retries: 1";

    Yaml {
        upstreams = List.copyOf(upstreams);
        models = List.copyOf(models);
    }

    static Yaml of(String head) {
        return new Yaml("discovery: off\n" + head, List.of(), List.of());
    }

    /// With an upstream; `more` are further keys, comma-separated.
    Yaml upstream(String name, String backend, URI url, String more) {
        String keys = more.isEmpty() ? "" : ", " + more;
        return new Yaml(
                head,
                and(
                        upstreams,
                        "{name: %s, backend: %s, url: '%s'%s}".formatted(name, backend, url, keys)),
                models);
    }

    /// With a model that can do everything and whose upstream knows it as `wire-NAME`.
    Yaml model(String name, String upstream, String tier) {
        return model(name, upstream, tier, "");
    }

    /// With a model that can do everything; `more` are further keys, comma-separated.
    Yaml model(String name, String upstream, String tier, String more) {
        String rest = more.isEmpty() ? "" : ", " + more;
        String entry =
                ("{name: %s, upstream: %s, id: wire-%s, tier: %s, context: 32768,"
                                + " capabilities: [tools, json-mode, json-schema, vision]%s}")
                        .formatted(name, upstream, name, tier, rest);
        return new Yaml(head, upstreams, and(models, entry));
    }

    /// With a model whose upstream knows it by another name.
    Yaml named(String name, String upstream, String id, String tier, String more) {
        String entry =
                ("{name: %s, upstream: %s, id: '%s', tier: %s, context: 32768,"
                                + " capabilities: [tools, json-mode, json-schema], %s}")
                        .formatted(name, upstream, id, tier, more);
        return new Yaml(head, upstreams, and(models, entry));
    }

    /// With a model that several upstreams have; `more` are further keys, comma-separated.
    Yaml pool(String name, String upstreams, String id, String more) {
        String entry =
                ("{name: %s, upstreams: [%s], id: '%s', tier: local, context: 32768,"
                                + " capabilities: [tools, json-mode, json-schema]%s}")
                        .formatted(name, upstreams, id, more.isEmpty() ? "" : ", " + more);
        return new Yaml(head, this.upstreams, and(models, entry));
    }

    private static List<String> and(List<String> list, String entry) {
        return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(entry))
                .toList();
    }

    String text() {
        return head + list("upstreams", upstreams) + list("models", models);
    }

    private static String list(String key, List<String> entries) {
        return key + ":\n  - " + String.join("\n  - ", entries) + "\n";
    }
}
