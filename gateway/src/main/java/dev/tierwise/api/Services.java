package dev.tierwise.api;

import dev.tierwise.core.ModelCard;
import dev.tierwise.flow.Flow;
import java.util.List;
import java.util.function.Supplier;

/// What stands behind the door.
///
/// @param flow answers chat requests
/// @param models the models that can be reached now
/// @param metrics the page for Prometheus
/// @param readiness whether requests can be answered
/// @param memory the models in memory
/// @param localOnly the switch that keeps everything here
/// @param ratings takes in what people think of answers
public record Services(
        Flow flow,
        Supplier<List<ModelCard>> models,
        Supplier<String> metrics,
        Supplier<Readiness> readiness,
        Memory memory,
        Switch localOnly,
        Ratings ratings) {}
