package dev.tierwise.call.runtime;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Whether Ollama hands a model on. It answers on this machine for models of ollama.com too: since
/// 0.12 listings and replies then name a remote host or a remote model, and their names end in
/// `cloud` (`server/routes.go`, `api/types.go` of Ollama).
public final class OllamaLocality {
    private static final Pattern CLOUD_NAME = Pattern.compile(".*[:-]cloud");

    private OllamaLocality() {}

    /// Whether Ollama hands the model of that name on to another machine, as far as `said` tells.
    public static boolean isRemote(String name, JsonNode said) {
        return CLOUD_NAME.matcher(name).matches()
                || !said.path("remote_host").asString("").isBlank()
                || !said.path("remote_model").asString("").isBlank();
    }
}
