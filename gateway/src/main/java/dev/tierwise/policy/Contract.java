package dev.tierwise.policy;

import java.time.LocalDate;

/// A stub.
public record Contract(LocalDate expires, String reference) {}
