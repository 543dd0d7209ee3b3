package dev.tierwise.call.process;

import dev.tierwise.call.http.Endpoint;
import java.nio.file.Path;

/// How one model is to be served by llama-server.
///
/// @param binary the program
/// @param name the model's name, as requests will say it
/// @param file its GGUF file
/// @param threads computing threads; 0 for as many as cores are free when it starts
/// @param context tokens of prompt and answer that each slot holds
/// @param slots requests that it answers at once
/// @param log where its output goes while it starts; bounded, and nothing is kept once it answers,
///   because it may quote prompts then
/// @param limits how long it may take to answer
public record LlamaSettings(
        LlamaBinary binary,
        String name,
        Path file,
        int threads,
        long context,
        int slots,
        Path log,
        Endpoint.Limits limits) {
    public LlamaSettings {
        if (threads < 0 || context < 1 || slots < 1) {
            throw new IllegalArgumentException("settings of llama-server out of range");
        }
    }
}
