package dev.tierwise.catalogue;

import dev.tierwise.core.Capability;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the user's own file can say of a model.
public enum OwnKey {
    /// The day on which it was written down.
    NOTED("noted", "a day like 2026-11-30", Kind.DAY),
    /// Who says so.
    SOURCE("source", "a text", Kind.TEXT),
    /// Further names, such as those under Ollama and LM Studio.
    NAMES("names", "a list like [my-model:7b, Me/My-Model-7B]", Kind.NAMES),
    /// All weights.
    PARAMETERS("parameters", "a count like 7.2B or 7248019456", Kind.SIZE, 1_000_000, 1L << 43),
    /// Those that one token passes through.
    ACTIVE("active-parameters", "a count like 3B or 3029073920", Kind.SIZE, 1_000_000, 1L << 43),
    /// Tokens of prompt and answer together.
    CONTEXT("context", "a count from 256 to 100000000", Kind.COUNT, 256, 100_000_000),
    /// Blocks.
    LAYERS("layers", "a count from 1 to 1000", Kind.COUNT, 1, 1000),
    /// Width of the stream between them.
    HIDDEN("hidden", "a count from 8 to 1000000", Kind.COUNT, 8, 1_000_000),
    /// Of queries.
    HEADS("heads", "a count from 1 to 10000", Kind.COUNT, 1, 10_000),
    /// Of keys and values.
    KV_HEADS("kv-heads", "a count from 1 to 10000", Kind.COUNT, 1, 10_000),
    /// Width of one head.
    HEAD_SIZE("head-size", "a count from 1 to 10000", Kind.COUNT, 1, 10_000),
    /// Width of the feed-forward part.
    FEED_FORWARD("feed-forward", "a count from 8 to 10000000", Kind.COUNT, 8, 10_000_000),
    /// Tokens that it knows.
    VOCABULARY("vocabulary", "a count from 2 to 10000000", Kind.COUNT, 2, 10_000_000),
    /// Whether the output reuses the embedding.
    TIED("tied", "yes or no", Kind.YES_OR_NO),
    /// The file in four bits (Q4_K_M), or as it is usually handed out.
    FILE_SIZE("file-size", "a size like 4.37GB or 4370129223", Kind.SIZE, 1_000_000, 1L << 43),
    /// The licence's name.
    LICENCE("licence", "a name like apache-2.0", Kind.TEXT),
    /// What the licence allows a business.
    USE("use", "free, conditions or research", Kind.USE),
    /// What it can do.
    CAPABILITIES(
            "capabilities",
            "a list of "
                    + Arrays.stream(Capability.values())
                            .map(Capability::word)
                            .collect(Collectors.joining(", ")),
            Kind.CAPABILITIES);

    private static final Pattern COUNT = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(M|G|B|T|GB|MB)?");

    private final String word;
    private final String wants;
    private final Kind kind;
    private final long least;
    private final long most;

    OwnKey(String word, String wants, Kind kind) {
        this(word, wants, kind, 0, 0);
    }

    OwnKey(String word, String wants, Kind kind, long least, long most) {
        this.word = word;
        this.wants = wants;
        this.kind = kind;
        this.least = least;
        this.most = most;
    }

    private enum Kind {
        DAY,
        TEXT,
        NAMES,
        COUNT,
        SIZE,
        YES_OR_NO,
        USE,
        CAPABILITIES
    }

    /// As it stands in the file.
    public String word() {
        return word;
    }

    /// What its values look like.
    String wants() {
        return wants;
    }

    boolean takes(String value) {
        return switch (kind) {
            case DAY -> isDay(value);
            case TEXT -> !value.isBlank();
            case NAMES -> !list(value).isEmpty();
            case COUNT -> value.matches("\\d+") && within(value);
            case SIZE -> within(value);
            case YES_OR_NO -> Set.of("yes", "no").contains(value);
            case USE -> Set.of("free", "conditions", "research").contains(value);
            case CAPABILITIES ->
                    value.startsWith("[")
                            && list(value).stream().allMatch(it -> Capability.of(it).isPresent());
        };
    }

    static Optional<OwnKey> named(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(OwnKey::word).collect(Collectors.joining(", "));
    }

    /// The key whose letters are most like a word's.
    static String near(String word) {
        String wanted = word.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values())
                .map(OwnKey::word)
                .max(Comparator.comparingDouble(key -> likeness(wanted, key)))
                .orElseThrow();
    }

    /// The share of two-letter pieces that both have.
    private static double likeness(String one, String other) {
        Set<String> mine = pieces(one);
        Set<String> theirs = pieces(other);
        long both = mine.stream().filter(theirs::contains).count();
        return (double) both / Math.max(1, mine.size() + theirs.size() - both);
    }

    private static Set<String> pieces(String word) {
        String marked = "^" + word + "$";
        return IntStream.range(0, marked.length() - 1)
                .mapToObj(i -> marked.substring(i, i + 2))
                .collect(Collectors.toSet());
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private boolean within(String value) {
        OptionalLong count = count(value);
        return count.isPresent() && count.getAsLong() >= least && count.getAsLong() <= most;
    }

    /// A whole number, or one in millions (M, MB), billions (G, B, GB) or trillions (T).
    static OptionalLong count(String text) {
        Matcher count = COUNT.matcher(text);
        if (!count.matches()) {
            return OptionalLong.empty();
        }
        int zeros =
                switch (count.group(2)) {
                    case null -> 0;
                    case "M", "MB" -> 6;
                    case "T" -> 12;
                    default -> 9;
                };
        try {
            return OptionalLong.of(
                    new BigDecimal(count.group(1)).movePointRight(zeros).longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty(); // a part of one, or more than there can be
        }
    }

    /// The words of a `[list]`; none where there is none.
    static List<String> list(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return List.of();
        }
        return Arrays.stream(text.substring(1, text.length() - 1).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
