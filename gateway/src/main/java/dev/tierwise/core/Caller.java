package dev.tierwise.core;

import org.jspecify.annotations.Nullable;

/// Who sends a request and what is wished for it: the key's own bounds joined with the request's
/// headers.
///
/// @param key the name of the key; `anonymous` where the gateway asks for none
/// @param task the name of the task, if the client gave one
/// @param maxTier the highest tier that key and request allow
/// @param quality how good the answer must be, 0..1, if the client said so
/// @param dataClass the class of data that key and request declare
public record Caller(
        String key,
        @Nullable String task,
        Tier maxTier,
        @Nullable Double quality,
        DataClass dataClass) {}
