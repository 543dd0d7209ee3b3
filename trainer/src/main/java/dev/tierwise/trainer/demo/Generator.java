package dev.tierwise.trainer.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Makes examples without end, the same ones for the same seed. For one thread.
final class Generator {
    static final List<String> LABELS =
            List.of("billing", "shipping", "returns", "technical", "account", "product");
    static final List<String> FEELINGS = List.of("positive", "negative", "neutral");
    private static final List<String> FILES =
            List.of(
                    "slots.txt",
                    "billing.txt",
                    "shipping.txt",
                    "returns.txt",
                    "technical.txt",
                    "account.txt",
                    "product.txt",
                    "more-tickets.txt",
                    "more-tickets2.txt",
                    "sentiment.txt",
                    "more-sentiment.txt",
                    "wide-sentiment.txt",
                    "wide-tickets.txt",
                    "wide-extract.txt",
                    "wide-sentiment2.txt",
                    "extract.txt",
                    "instructions.txt",
                    "other.txt");

    private final Phrases phrases = new Phrases(FILES);
    private final Random random;
    private final Messages messages;

    Generator(long seed) {
        random = new Random(seed);
        messages = new Messages(phrases, random);
    }

    Phrases phrases() {
        return phrases;
    }

    /// The next example.
    ///
    /// @param held whether its main sentences come from frames that are kept out of training
    Example next(boolean held) {
        int dice = random.nextInt(100);
        if (dice < 33) {
            String label = LABELS.get(random.nextInt(LABELS.size()));
            return asked(Example.Task.TICKET, ticket(label, held), json("label", label), held);
        }
        if (dice < 59) {
            String feeling = FEELINGS.get(random.nextInt(FEELINGS.size()));
            String answer = json("sentiment", feeling);
            return asked(Example.Task.SENTIMENT, opinion(feeling, held), answer, held);
        }
        if (dice < 80) {
            Messages.Message message = messages.next(held);
            return asked(Example.Task.EXTRACT, message.text(), message.answer(), held);
        }
        return other(held);
    }

    private static String json(String key, String value) {
        return "{\"" + key + "\":\"" + value + "\"}";
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /// A ticket of one label.
    String ticket(String label, boolean held) {
        var parts = new ArrayList<String>();
        if (chance(35)) {
            parts.add(phrases.say("greeting", random));
        }
        if (chance(15)) {
            parts.add(sentence(phrases.say("context", random)));
        }
        String core = phrases.frame(label, held, random);
        if (chance(8)) {
            core = phrases.say("fine-but", random) + " " + core;
        }
        parts.add(sentence(core));
        if (chance(40)) {
            parts.add(sentence(phrases.frame(label, held, random)));
        }
        if (chance(15)) {
            parts.add(sentence(phrases.say("context", random)));
        }
        if (chance(15)) {
            parts.add(sentence(phrases.say("mood", random)));
        }
        if (chance(15)) {
            parts.add(sentence(phrases.say("ask", random)));
        }
        if (chance(25)) {
            parts.add(phrases.say("closing", random));
        }
        return worn(String.join(chance(6) ? "\n" : " ", parts));
    }

    /// An opinion of one sentiment.
    String opinion(String feeling, boolean held) {
        var parts = new ArrayList<String>();
        parts.add(sentence(phrases.frame(feeling, held, random)));
        while (chance(35) && parts.size() < 4) {
            parts.add(sentence(phrases.frame(feeling, held, random)));
        }
        if (chance(20)) {
            parts.add(
                    random.nextInt(parts.size() + 1),
                    sentence(phrases.frame("neutral", held, random)));
        }
        return worn(String.join(" ", parts));
    }

    private String sentence(String text) {
        if (text.isEmpty()) {
            return text;
        }
        char last = text.charAt(text.length() - 1);
        String end =
                Character.isLetterOrDigit(last) ? (chance(85) ? "." : chance(30) ? "!" : "") : "";
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
    }

    private String worn(String text) {
        String thin = chance(12) ? Noise.thinned(text, 0.1, random) : text;
        return Noise.typed(thin, random);
    }

    /// Puts an instruction around a text, in one of the places where people write it.
    private Example asked(Example.Task task, String text, String answer, boolean held) {
        String kind = task.name().toLowerCase(Locale.ROOT);
        int form = random.nextInt(10);
        String system =
                form < 6
                        ? instruction("system-" + kind)
                        : chance(20) ? phrases.say("persona", random) : "";
        String user = form < 4 ? bare(kind, text) : wrapped(kind, text);
        return new Example(task, system, user, answer, held);
    }

    private String bare(String kind, String text) {
        return chance(75)
                ? text
                : phrases.say("mark-" + kind, random) + (chance(70) ? " " : "\n") + text;
    }

    private String instruction(String list) {
        String out = phrases.say(list, random).replace("{LABELS}", labels());
        if (chance(25)) {
            out += " " + phrases.say("format", random);
        }
        return chance(12) ? out.toLowerCase(Locale.ROOT) : out;
    }

    private String labels() {
        var labels = new ArrayList<>(LABELS);
        Collections.shuffle(labels, random);
        return switch (random.nextInt(5)) {
            case 0 -> String.join("/", labels);
            case 1 -> String.join(" | ", labels);
            case 2 -> "[" + String.join(", ", labels) + "]";
            default ->
                    String.join(", ", labels.subList(0, 5))
                            + (chance(70) ? " or " : ", ")
                            + labels.get(5);
        };
    }

    private String wrapped(String kind, String text) {
        String ask = instruction("do-" + kind);
        String end = ask.endsWith("?") || ask.endsWith(".") ? "" : ":";
        return switch (random.nextInt(9)) {
            case 0, 1 -> ask + end + " " + text;
            case 2 -> ask + end + "\n" + text;
            case 3 -> ask + end + "\n\n" + text;
            case 4 -> ask + end + " \"" + text + "\"";
            case 5 -> ask + end + "\n\"\"\"\n" + text + "\n\"\"\"";
            case 6 -> text + "\n\n" + ask;
            case 7 -> "\"" + text + "\"\n" + ask;
            default -> ask + end + "\n" + phrases.say("mark-" + kind, random) + " " + text;
        };
    }

    private String domain(boolean held) {
        return switch (random.nextInt(3)) {
            case 0 -> ticket(LABELS.get(random.nextInt(LABELS.size())), held);
            case 1 -> opinion(FEELINGS.get(random.nextInt(FEELINGS.size())), held);
            default -> messages.next(held).text();
        };
    }

    private String foreign(boolean held) {
        int dice = random.nextInt(100);
        if (dice < 68) {
            return Noise.typed(phrases.frame("request", held, random), random);
        }
        if (dice < 90) {
            return Noise.typed(phrases.frame("language", held, random), random);
        }
        return gibberish();
    }

    private String gibberish() {
        var out = new StringBuilder();
        for (int words = 1 + random.nextInt(8); words > 0; words--) {
            for (int letters = 2 + random.nextInt(8); letters > 0; letters--) {
                out.append((char) ('a' + random.nextInt(26)));
            }
            out.append(words > 1 ? " " : "");
        }
        return out.toString();
    }

    private Example other(boolean held) {
        String kind = List.of("ticket", "sentiment", "extract").get(random.nextInt(3));
        int dice = random.nextInt(100);
        String system = "";
        String user;
        if (dice < 12) {
            user = domain(held);
        } else if (dice < 42) {
            String ask = phrases.frame("do-other", held, random);
            String text = chance(85) ? domain(held) : foreign(held);
            boolean above = chance(30);
            system = above ? ask : "";
            user =
                    above
                            ? text
                            : chance(80)
                                    ? ask + (chance(50) ? ": " : "\n\n") + text
                                    : text + "\n\n" + ask;
        } else if (dice < 80) {
            system = chance(25) ? phrases.say("persona", random) : "";
            user = foreign(held);
        } else if (dice < 92) {
            system = instruction("system-" + kind);
            user = foreign(held);
        } else {
            user = wrapped(kind, foreign(held));
        }
        return new Example(Example.Task.OTHER, system, user, Example.UNKNOWN, held);
    }
}
