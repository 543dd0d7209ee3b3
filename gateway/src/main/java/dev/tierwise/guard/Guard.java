package dev.tierwise.guard;

import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Prompt;
import dev.tierwise.policy.Decision;
import dev.tierwise.policy.Facts;
import dev.tierwise.policy.Floor;
import dev.tierwise.policy.Policy;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Says which models may see a prompt. The class of a prompt is the highest that any source names:
/// key, tenant, route, headers, tools, earlier turns, and the scan of its contents. A caller can
/// raise it and never lower it; what could not be scanned counts as the highest class of the
/// policy. Thread-safe.
public final class Guard {
    private final Policy policy;
    private final Scanner scanner;
    private final Watch watch;
    private final Clock clock;

    /// @param policy what may go where
    /// @param scanner looks at contents
    /// @param watch what outlives the policy
    /// @param clock tells the day, for contracts that expire
    public Guard(Policy policy, Scanner scanner, Watch watch, Clock clock) {
        this.policy = policy;
        this.scanner = scanner;
        this.watch = watch;
        this.clock = clock;
    }

    /// The leave for one prompt. Scans it; takes no longer than the policy's time limit.
    public Clearance check(Prompt prompt, Caller caller, Asking asking) {
        var sources = new ArrayList<String>();
        Sight sight = scanner.scan(prompt.body().bytes());
        DataClass named = join(DataClass.PUBLIC, caller.dataClass(), "declared", sources);
        for (Floor floor : policy.floors(facts(caller, asking, sight))) {
            named = join(named, floor.dataClass(), "floor:" + floor.name(), sources);
        }
        DataClass found = join(named, policy.classOf(sight.marks()), "scan", sources);
        if (!sight.complete()) {
            found = join(found, policy.unscannable(), "unscannable", sources);
        }
        String conversation = asking.header().apply(Asking.CONVERSATION);
        DataClass before = watch.conversations().before(prompt, caller.key(), conversation);
        found = join(found, before, "conversation", sources);
        // what is in the contents is seen again with every turn; what was only said must be kept
        watch.conversations().remember(prompt, caller.key(), conversation, named.join(before));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Function<DataClass, Decision> rules =
                dataClass -> policy.decide(dataClass, asking.tenant(), asking.purpose(), today);
        Decision decision = rules.apply(found);
        var judgement = new Judgement(found, sources, sight, decision, asking.tenant());
        return new Clearance(
                prompt,
                judgement,
                new Clearance.Office(policy, scanner, watch, rules, asking.requestId()));
    }

    private static Facts facts(Caller caller, Asking asking, Sight sight) {
        return new Facts(
                asking.tenant(), caller.key(), asking.route(), sight.names(), asking.header());
    }

    private static DataClass join(
            DataClass so, DataClass more, String source, List<String> sources) {
        if (more.compareTo(DataClass.INTERNAL) > 0 || more.compareTo(so) > 0) {
            sources.add(source + ":" + more.word());
        }
        return so.join(more);
    }
}
