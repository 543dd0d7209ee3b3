package dev.tierwise.route;

import dev.tierwise.core.Caller;
import dev.tierwise.guard.Clearance;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the router is asked.
///
/// @param clearance the prompt and who may see it
/// @param caller who asks and what he wishes
/// @param header the request's headers, for rules; null for one that is not there
/// @param healthy whether the model of that name is fit to answer just now
public record Ask(
        Clearance clearance,
        Caller caller,
        Function<String, @Nullable String> header,
        Predicate<String> healthy) {}
