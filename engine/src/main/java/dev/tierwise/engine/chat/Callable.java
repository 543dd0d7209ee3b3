package dev.tierwise.engine.chat;

import java.util.List;
import java.util.Map;

/// Something with parentheses after it: a macro, a method, a function.
///
/// @param name for refusals
/// @param body what it does
record Callable(String name, Body body) implements Value {

    /// What is called.
    interface Body {
        Value call(List<Value> arguments, Map<String, Value> named);
    }
}
