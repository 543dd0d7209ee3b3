package dev.tierwise.engine.chat;

/// What a name stands for that nobody has set: empty when printed, false when asked, and a refusal
/// when used otherwise.
///
/// @param name as the template writes it
record Undefined(String name) implements Value {}
