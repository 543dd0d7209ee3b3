package dev.tierwise.audit;

import dev.tierwise.core.DataClass;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The answer as JSON, with what it shows and what it does not.
///
/// @param question what was asked
/// @param evidence what was found
record EgressStatement(EgressProof.Question question, EgressProof.Evidence evidence) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// What no such statement shows.
    static final List<String> LIMITS =
            List.of(
                    "It rests on the classes that the gateway gave: data that was classed too low is"
                            + " not found.",
                    "It speaks of what went through this gateway, not of other ways out of the"
                            + " machine.",
                    "That a zone is local is the word of the policy in force, whose hash each record"
                            + " holds.",
                    "Who holds the secret key can write another trail; only a checkpoint kept"
                            + " elsewhere (tw audit anchor) rules that out.",
                    "Local execution removes a disclosure; it does not by itself make anyone"
                            + " compliant.");

    /// The object without its closing brace, ready to be sealed.
    String object() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("statement", Seal.NO_EGRESS).put("version", 1);
        root.put("proven", evidence.breaks().isEmpty());
        root.put("claim", claim());
        root.put("class", question.dataClass().word());
        root.put("jurisdiction", question.jurisdiction());
        root.put("from", question.period().from().toString());
        root.put("until", question.period().until().toString());
        root.put("made", Moment.of(question.now().toEpochMilli()));
        counts(root);
        trail(root);
        ArrayNode breaks = root.putArray("breaks");
        for (EgressProof.Break found : evidence.breaks()) {
            breaks.addObject()
                    .put("place", found.place())
                    .put("time", found.time())
                    .put("what", found.what());
        }
        evidence.remarks().forEach(root.putArray("remarks")::add);
        LIMITS.forEach(root.putArray("does_not_show")::add);
        String text = MAPPER.writeValueAsString(root);
        return text.substring(0, text.length() - 1);
    }

    /// The claim in a sentence.
    String claim() {
        List<String> classes =
                Arrays.stream(DataClass.values())
                        .filter(it -> it.compareTo(question.dataClass()) >= 0)
                        .map(DataClass::word)
                        .toList();
        String where = question.jurisdiction();
        return "From %s until %s, no request of class %s that went through this gateway was given a permit for %s."
                .formatted(
                        question.period().from(),
                        question.period().until(),
                        String.join(" or ", classes),
                        where == null
                                ? "a zone that is not local"
                                : "a zone that is not local and is in "
                                        + where
                                        + " or at a place unknown");
    }

    private void counts(ObjectNode root) {
        EgressProof.Counts counts = evidence.counts();
        root.put("records", counts.records());
        root.put("requests_of_class", counts.requests());
        root.put("local_permits", counts.localPermits());
        root.put("other_permits", counts.otherPermits());
        root.put("breaks_in_all", counts.breaks());
    }

    private void trail(ObjectNode root) {
        ObjectNode node = root.putObject("trail");
        node.put("intact", evidence.verification() instanceof Verification.Intact);
        switch (evidence.verification()) {
            case Verification.Intact(var chain, _) -> chain(node, chain);
            case Verification.Broken(var chain, _) -> chain(node, chain);
            case Verification.Missing _, Verification.Unreadable _ -> {}
        }
    }

    private static void chain(ObjectNode node, Verification.Chain chain) {
        if (chain.first() != null && chain.last() != null) {
            node.put("first", chain.first().sequence()).put("first_hash", chain.first().hash());
            node.put("last", chain.last().sequence()).put("last_hash", chain.last().hash());
        }
        node.put("checkpoints", chain.signatures().checkpoints());
        node.put("covered", chain.signatures().covered());
        node.put("dropped_through", chain.prunedThrough());
        chain.signatures().keys().forEach(node.putArray("keys")::add);
    }
}
