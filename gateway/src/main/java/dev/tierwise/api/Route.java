package dev.tierwise.api;

import java.util.Optional;

/// The gateway's routes, all of them. What needs no key is marked; everything else does, where keys
/// are set up.
public enum Route {
    /// One chat answer.
    CHAT("POST", "/v1/chat/completions", false, "Answers a chat request, streamed or whole."),
    /// One answer in Anthropic's dialect.
    MESSAGES(
            "POST",
            "/v1/messages",
            false,
            "Answers a request in the form of Anthropic's Messages API, streamed or whole."),
    /// The tokens of a request in Anthropic's dialect.
    COUNT_TOKENS(
            "POST",
            "/v1/messages/count_tokens",
            false,
            "Estimates the tokens of such a request from its size. Calls no model."),
    /// A decision without an answer.
    DECIDE(
            "POST",
            "/v1/route",
            false,
            "Dry run of a chat request: decision, scores, candidates and vetoes. Calls no model."),
    /// What somebody thinks of an answer.
    FEEDBACK(
            "POST",
            "/v1/feedback",
            false,
            "Takes in what you think of an answer, so that predictions learn from it:"
                    + " {\"request_id\": \"…\", \"thumb\": \"up\"}, or `score` from 0 to 1, or `corrected`."
                    + " Needs the key that sent the request, or one with `admin: true`."),
    /// All models.
    MODELS(
            "GET",
            "/v1/models",
            false,
            "Lists the names that `model` may take; in Anthropic's form for a request with an"
                    + " `anthropic-version` header."),
    /// Models in memory.
    RESIDENT(
            "GET",
            "/v1/models/resident",
            false,
            "Lists the models in memory, of the gateway and of local runtimes."),
    /// Into memory.
    LOAD("POST", "/v1/models/load", false, "Loads the model named in `model` into memory."),
    /// Out of memory.
    UNLOAD("POST", "/v1/models/unload", false, "Takes the model named in `model` out of memory."),
    /// The switch.
    SWITCH(
            "POST",
            "/v1/local-only",
            false,
            "Turns the switch that keeps everything on this machine: {\"on\": true, \"reason\": \"…\"}."
                    + " Needs a key with `admin: true`. {} asks how it stands."),
    /// Prometheus.
    METRICS("GET", "/metrics", false, "Counters and timers in Prometheus text format."),
    /// Liveness.
    HEALTH("GET", "/healthz", true, "200 while the process lives."),
    /// Readiness.
    READY("GET", "/readyz", true, "200 when requests can be answered, else 503 and why not.");

    private final String method;
    private final String path;
    private final boolean open;
    private final String help;

    Route(String method, String path, boolean open, String help) {
        this.method = method;
        this.path = path;
        this.open = open;
        this.help = help;
    }

    /// The HTTP method.
    public String method() {
        return method;
    }

    /// The path.
    public String path() {
        return path;
    }

    /// Whether it needs no key.
    public boolean open() {
        return open;
    }

    /// What it does.
    public String help() {
        return help;
    }

    /// The route of that path, if there is one.
    static Optional<Route> at(String path) {
        for (Route route : values()) {
            if (route.path.equals(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }
}
