package dev.tierwise.detect.names;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The small lists that were written for this product: titles, words that announce a name or a
/// place, and places. Immutable.
public final class Lexicon {
    /// A title before a name: Mr, Dra.
    public static final int TITLE = 8;

    /// A word after which a person is named: patient, signed.
    public static final int PERSON = 16;

    /// What a field of a name is called: name, apellidos.
    public static final int LABEL = 32;

    /// A small word within names: de, van.
    public static final int PARTICLE = 64;

    /// What a house is called: hospital, clinic.
    public static final int HOUSE = 128;

    /// Medicine is spoken of.
    public static final int MEDICAL = 256;

    /// A month or a day of the week.
    public static final int MONTH = 512;

    /// A word before a place: in, at.
    public static final int AT = 1024;

    /// What a field of a place is called: city, municipio.
    public static final int PLACE_LABEL = 2048;

    /// Part of a place of the list.
    public static final int PLACE = 4096;

    /// Never part of a name: I, The, months.
    public static final int NOT_NAME = 8192;

    private static final Map<String, Integer> SECTIONS =
            Map.ofEntries(
                    Map.entry("title", TITLE),
                    Map.entry("person", PERSON),
                    Map.entry("label", LABEL),
                    Map.entry("particle", PARTICLE),
                    Map.entry("house", HOUSE),
                    Map.entry("medical", MEDICAL),
                    Map.entry("month", MONTH | NOT_NAME),
                    Map.entry("at", AT),
                    Map.entry("place-label", PLACE_LABEL),
                    Map.entry("not-name", NOT_NAME));
    private static final int LONGEST = 5;
    private static final byte BEGINS = 1;
    private static final byte ENDS = 2;
    private static final Lexicon SHIPPED = new Lexicon(text("words.txt"), text("places.txt"));

    private final Table words;
    private final Table places;

    Lexicon(String words, String places) {
        var bits = new HashMap<Long, Integer>();
        words.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    int bit = SECTIONS.getOrDefault(line.substring(0, colon), 0);
                    for (String word : line.substring(colon + 1).strip().split(" +", -1)) {
                        bits.merge(Tokens.hash(word), bit, (a, b) -> a | b);
                    }
                });
        this.words = new Table(bits);
        var phrases = new HashMap<Long, Integer>();
        split(places).forEach(place -> addPlace(phrases, place));
        this.places = new Table(phrases);
    }

    static Lexicon shipped() {
        return SHIPPED;
    }

    /// The places of the list.
    public static List<String> placeNames() {
        return split(text("places.txt"));
    }

    private static List<String> split(String places) {
        return places.lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(place -> !place.isEmpty())
                .toList();
    }

    int bits(long hash) {
        return words.get(hash);
    }

    private static void addPlace(Map<Long, Integer> phrases, String place) {
        Tokens tokens = Tokens.cut(place.toCharArray(), place.length());
        long phrase = 0;
        int last = tokens.count() - 1;
        for (int i = 0; i <= last; i++) {
            if (tokens.word(i)) {
                phrase = phrase * 31 + tokens.hash(i);
                phrases.merge(phrase, (int) BEGINS, (a, b) -> a | b);
            }
        }
        phrases.merge(phrase, (int) ENDS, (a, b) -> a | b);
    }

    /// Marks the tokens of places that are written with capitals.
    void markPlaces(Tokens tokens) {
        for (int i = 0; i < tokens.count(); i++) {
            if (tokens.capital(i)) {
                int end = placeEnd(tokens, i);
                for (int k = i; k < end; k++) {
                    tokens.mark(k, PLACE);
                }
                i = Math.max(i, end - 1);
            }
        }
    }

    /// Where the longest place that begins at token `from` ends; `from` where there is none.
    int placeEnd(Tokens tokens, int from) {
        long phrase = 0;
        int end = from;
        int taken = 0;
        for (int i = from; i < tokens.count() && taken < LONGEST; i++) {
            if (!tokens.word(i)) {
                if (tokens.sign(i, '.') || tokens.sign(i, '\'') || tokens.sign(i, '-')) {
                    continue;
                }
                break;
            }
            if (tokens.gap(i) == 2 && i > from) {
                break;
            }
            phrase = phrase * 31 + tokens.hash(i);
            int known = places.get(phrase);
            if (known == 0) {
                break;
            }
            taken++;
            if ((known & ENDS) != 0 && (tokens.capital(i) || taken > 1)) {
                end = i + 1;
            }
        }
        return end;
    }

    private static String text(String name) {
        try (InputStream in = Lexicon.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Hashes to small numbers, without boxes.
    private static final class Table {
        private final long[] keys;
        private final int[] values;

        Table(Map<Long, Integer> entries) {
            int size = Integer.highestOneBit(Math.max(8, entries.size() * 4));
            keys = new long[size];
            values = new int[size];
            entries.forEach(this::put);
        }

        private void put(long key, int value) {
            int at = (int) key & (keys.length - 1);
            while (values[at] != 0) {
                at = (at + 1) & (keys.length - 1);
            }
            keys[at] = key;
            values[at] = value;
        }

        int get(long key) {
            int at = (int) key & (keys.length - 1);
            while (values[at] != 0) {
                if (keys[at] == key) {
                    return values[at];
                }
                at = (at + 1) & (keys.length - 1);
            }
            return 0;
        }
    }
}
