package dev.tierwise.fakes;

import java.util.List;

/// The events of a streamed answer as they go on the wire, in parts so that faults can leave some
/// out.
///
/// @param opening events before the first content, such as the role
/// @param content events with content
/// @param finish events with the reason of the end and the usage
/// @param done the mark of the end
record Streamed(List<String> opening, List<String> content, List<String> finish, String done) {}
