package dev.tierwise.core;

/// A whole answer in the words of the client's dialect.
///
/// @param body the JSON to send
/// @param usage tokens spent
/// @param finish why the model stopped, in the words of the OpenAI API; empty when not said
public record Answer(Body body, Usage usage, String finish) {}
