package dev.tierwise.policy;

import java.util.List;

/// A stub.
public record Decision(String rule, List<String> zones) {}
