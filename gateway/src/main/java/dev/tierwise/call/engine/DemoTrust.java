package dev.tierwise.call.engine;

import dev.tierwise.core.Failure;
import dev.tierwise.core.Tier;
import dev.tierwise.engine.demo.Form;
import dev.tierwise.engine.demo.Gate;
import dev.tierwise.engine.grammar.Grammar;
import dev.tierwise.wire.openai.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Trusts the demonstration model in its three tasks, as far as its gate does, and in nothing else.
/// Immutable.
public final class DemoTrust implements Trust {
    private final Gate gate;
    private final Failure stranger;

    /// @param gate tells right answers from wrong ones
    /// @param lacking the tiers that have no model here
    public DemoTrust(Gate gate, List<Tier> lacking) {
        this.gate = gate;
        this.stranger = new Failure.Vetoed(message(lacking), "no_capable_model");
    }

    private static String message(List<Tier> lacking) {
        String known =
                "The built-in demonstration model sorts support tickets, tells sentiment and reads"
                        + " name, order and amount from a message. It does not trust itself with"
                        + " this request";
        if (lacking.isEmpty()) {
            return known + ", and no larger model answered.";
        }
        String tiers =
                lacking.stream()
                        .map(tier -> "`" + tier.name().toLowerCase(Locale.ROOT) + "`")
                        .collect(Collectors.joining(" and "));
        return known
                + ", and there is no larger model: `local` has no other and "
                + tiers
                + (lacking.size() == 1 ? " has" : " have")
                + " none. To add one: `./tw pull MODEL`, start Ollama or LM Studio, set"
                + " OPENAI_API_KEY or ANTHROPIC_API_KEY, or name an upstream in tierwise.yaml."
                + " `./tw doctor` shows what was found.";
    }

    @Override
    public Optional<Grammar> form(Wishes wishes) {
        return Question.of(wishes).flatMap(question -> Form.of(question.user));
    }

    @Override
    public @Nullable Failure objection(
            Wishes wishes, String answer, double logprob, double weakest) {
        Question question = Question.of(wishes).orElse(null);
        if (question == null) {
            return stranger;
        }
        var evidence = new Gate.Evidence(question.system, question.user, answer, logprob, weakest);
        return gate.lets(evidence) ? null : stranger;
    }

    /// All that the model has learned to be asked: one message, and perhaps one of the system.
    private record Question(String system, String user) {
        static Optional<Question> of(Wishes wishes) {
            var system = new ArrayList<String>();
            var user = new ArrayList<String>();
            for (Map<String, Object> message : Conversation.of(wishes.messages())) {
                String text = String.valueOf(message.get("content"));
                switch (String.valueOf(message.get("role"))) {
                    case "system" -> system.add(text);
                    case "user" -> user.add(text);
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            return system.size() > 1 || user.size() != 1
                    ? Optional.empty()
                    : Optional.of(new Question(String.join("", system), user.getFirst()));
        }
    }
}
