package dev.tierwise.policy;

import java.util.List;

/// Where data of one class may go.
///
/// @param rule the rule that decided; `no rule` where none matched
/// @param zones the zones that are open to it, in the policy's order
/// @param transform what is done before it leaves this machine
/// @param why why nothing is open; empty where something is
/// @param expired zones that the rule names and whose contract has run out
public record Decision(
        String rule,
        List<String> zones,
        Rule.Transform transform,
        String why,
        List<String> expired) {
    public Decision {
        zones = List.copyOf(zones);
        expired = List.copyOf(expired);
    }
}
