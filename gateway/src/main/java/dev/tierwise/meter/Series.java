package dev.tierwise.meter;

/// The series that `GET /metrics` shows. The names of the `gen_ai` ones are those of the
/// OpenTelemetry semantic conventions 1.41.0 (status: development), written as Prometheus does.
public enum Series {
    /// Requests that ended.
    REQUESTS("tierwise_requests_total", "counter", "tier, outcome", "Requests that ended."),
    /// Tries that failed.
    FAILED_TRIES(
            "tierwise_failed_tries_total",
            "counter",
            "upstream, code",
            "Tries at an upstream that failed; a request may have several."),
    /// Money spent.
    COST("tierwise_cost_usd_total", "counter", "tier", "Dollars spent, where the price is known."),
    /// Money that the baseline would have cost.
    BASELINE_COST(
            "tierwise_counterfactual_cost_usd_total",
            "counter",
            "",
            "Dollars that the same tokens would have cost on the baseline model; requests without a"
                    + " known price are left out on both sides."),
    /// Requests without a price.
    UNPRICED(
            "tierwise_unpriced_requests_total",
            "counter",
            "tier",
            "Requests answered by a model whose price is not known."),
    /// Judged answers.
    VERDICTS(
            "tierwise_verdicts_total",
            "counter",
            "tier, action",
            "Answers that were judged, by the tier that gave them and what followed: `accept`,"
                    + " `climb`, or `consult` where another model was asked first."),
    /// Time that streams were held.
    HELD(
            "tierwise_held_seconds",
            "histogram",
            "",
            "How much later a client saw the first word of a stream because it was judged first."),
    /// Ratings.
    FEEDBACK(
            "tierwise_feedback_total",
            "counter",
            "tier, opinion",
            "Ratings of answers, by the tier that had answered; a score below 0.5 counts as down."),
    /// Alarms of drift.
    DRIFT(
            "tierwise_drift_alarms_total",
            "counter",
            "what",
            "Times that traffic was found to be no longer what it was: `scores` of prompts, or the"
                    + " `rate` of accepted answers."),
    /// The gateway's own share of the time.
    OVERHEAD(
            "tierwise_overhead_seconds",
            "summary",
            "",
            "Time from the request's last byte to the first try: reading, guard, decision."),
    /// Requests under way.
    IN_FLIGHT("tierwise_requests_in_flight", "gauge", "", "Requests that are being answered."),
    /// Loads that a runtime was told.
    LOADS(
            "tierwise_runtime_loads_total",
            "counter",
            "upstream",
            "Models that a local runtime was told to load, where this gateway shares out its memory."),
    /// Requests that wait for a model.
    WAITING(
            "tierwise_runtime_waiting",
            "gauge",
            "upstream",
            "Requests that wait until a local runtime has their model in memory, or a slot of it"
                    + " free."),
    /// Time of whole requests.
    DURATION(
            "gen_ai_client_operation_duration_seconds",
            "histogram",
            "gen_ai_request_model, tier",
            "Time from the request's last byte to the answer's last."),
    /// Time to the first event.
    FIRST_TOKEN(
            "gen_ai_client_operation_time_to_first_chunk_seconds",
            "histogram",
            "gen_ai_request_model, tier",
            "Time of the successful try to its first event; streamed answers only."),
    /// Tokens.
    TOKENS(
            "gen_ai_client_token_usage",
            "summary",
            "gen_ai_request_model, gen_ai_token_type",
            "Tokens of a request.");

    private final String shown;
    private final String type;
    private final String labels;
    private final String help;

    Series(String shown, String type, String labels, String help) {
        this.shown = shown;
        this.type = type;
        this.labels = labels;
        this.help = help;
    }

    /// The name on the page.
    public String shown() {
        return shown;
    }

    /// The Prometheus type.
    public String type() {
        return type;
    }

    /// The labels, separated by commas.
    public String labels() {
        return labels;
    }

    /// What it counts.
    public String help() {
        return help;
    }
}
