package dev.tierwise.detect.secrets;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import dev.tierwise.detect.Recogniser;
import dev.tierwise.detect.text.Letters;
import dev.tierwise.detect.text.WordTable;
import java.util.List;

/// Finds private keys, tokens by their well-known beginnings, passwords that are assigned, and
/// credentials in addresses. One pass; thread-safe.
public final class Secrets implements Recogniser {
    private static final int PASSWORD = 1;
    private static final int KEY = 2;
    private static final int LONGEST = 4096;

    /// How far a token is read: a longer one is known by then.
    private static final int FAR = 256;

    private static final double ENTROPY = 3.2;
    private static final WordTable WORDS = new WordTable(64);

    /// Beginning, and how many characters there must be in all. From the vendors' documentation of
    /// their token formats.
    private static final List<Prefix> PREFIXES =
            List.of(
                    new Prefix("AKIA", 20),
                    new Prefix("ASIA", 20),
                    new Prefix("ghp_", 30),
                    new Prefix("gho_", 30),
                    new Prefix("ghu_", 30),
                    new Prefix("ghs_", 30),
                    new Prefix("ghr_", 30),
                    new Prefix("github_pat_", 40),
                    new Prefix("glpat-", 20),
                    new Prefix("xoxb-", 20),
                    new Prefix("xoxp-", 20),
                    new Prefix("xoxa-", 20),
                    new Prefix("xoxs-", 20),
                    new Prefix("xapp-", 20),
                    new Prefix("sk-", 20),
                    new Prefix("sk_live_", 20),
                    new Prefix("sk_test_", 20),
                    new Prefix("rk_live_", 20),
                    new Prefix("pk_live_", 20),
                    new Prefix("whsec_", 20),
                    new Prefix("AIza", 35),
                    new Prefix("ya29.", 25),
                    new Prefix("GOCSPX-", 25),
                    new Prefix("npm_", 30),
                    new Prefix("hf_", 24),
                    new Prefix("pypi-", 40),
                    new Prefix("dop_v1_", 40),
                    new Prefix("SG.", 40),
                    new Prefix("shpat_", 30),
                    new Prefix("sq0csp-", 30),
                    new Prefix("tfp_", 30),
                    new Prefix("gsk_", 30),
                    new Prefix("xai-", 30),
                    new Prefix("r8_", 30),
                    new Prefix("lin_api_", 30),
                    new Prefix("dckr_pat_", 24),
                    new Prefix("AGE-SECRET-KEY-", 40),
                    new Prefix("hvs.", 24));

    private static final boolean[] FIRST = new boolean[128];

    static {
        for (String word :
                "password passwd pwd pass passphrase contrasena clave passwort haslo mdp pin"
                        .split(" ", -1)) {
            WORDS.put(word, PASSWORD);
        }
        for (String word :
                "secret token apikey accesskey secretkey key auth authorization bearer credential credentials privatekey clientsecret"
                        .split(" ", -1)) {
            WORDS.put(word, KEY);
        }
        for (Prefix prefix : PREFIXES) {
            FIRST[prefix.text().charAt(0)] = true;
        }
        FIRST['e'] = true;
    }

    /// Makes one; the tables are shared.
    public Secrets() {}

    @Override
    public void find(Plain text, String field, Hits hits) {
        new Look(text, field, hits).run();
    }

    @Override
    public String version() {
        return "secrets-1";
    }

    private record Prefix(String text, int size) {
        boolean begins(char[] chars, int start, int end) {
            if (end - start < size) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (chars[start + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Look {
        private final char[] chars;
        private final int length;
        private final Hits hits;
        private int told;
        private int toldEnd = -LONGEST;

        Look(Plain text, String field, Hits hits) {
            chars = text.chars();
            length = text.length();
            this.hits = hits;
            char[] name = field.toCharArray();
            int at = 0;
            while (at < name.length) {
                int end = wordEnd(name, at, name.length);
                int topic = end > at ? WORDS.get(Letters.hash(name, at, end)) : 0;
                if (topic > 0 && !(topic == KEY && "key".equals(field))) {
                    told = topic;
                    toldEnd = 0;
                }
                at = Math.max(end, at + 1);
            }
            if (toldEnd == 0 && length > 0 && chars[0] > ' ') {
                value(0, told);
            }
        }

        void run() {
            int at = 0;
            while (at < length) {
                char c = chars[at];
                if (c == '-' && begins("-----BEGIN ", at)) {
                    at = block(at);
                } else if (c == ':' && begins("://", at)) {
                    at = login(at);
                } else if (Letters.wordly(c)) {
                    at = token(at);
                } else {
                    at++;
                }
            }
        }

        private static int wordEnd(char[] in, int from, int length) {
            int end = from;
            while (end < length && Letters.letter(in[end])) {
                end++;
            }
            return end;
        }

        private boolean begins(String text, int at) {
            if (at + text.length() > length) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (chars[at + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private int token(int start) {
            boolean digit = false;
            int end = start;
            while (end < length && Letters.wordly(chars[end])) {
                byte kind = Letters.kind(chars[end]);
                digit |= kind == Letters.DIGIT;
                end++;
            }
            boolean may = !digit && end - start > 2 && WORDS.may(chars[start], chars[start + 1]);
            int topic = may ? WORDS.get(Letters.hash(chars, start, end)) : 0;
            if (topic > 0) {
                int to = assigned(end, topic);
                return to > 0 ? to : end;
            }
            boolean first = chars[start] < 128 && FIRST[chars[start]];
            boolean joined =
                    end < length && (chars[end] == '-' || chars[end] == '_' || chars[end] == '.');
            boolean begun = start == 0 || (chars[start - 1] != '-' && chars[start - 1] != '_');
            if (first && begun && (joined || end - start >= 20)) {
                int to = known(start);
                if (to > 0) {
                    return to;
                }
            }
            return end;
        }

        private int known(int start) {
            int end = start;
            int limit = Math.min(length, start + FAR);
            int dots = 0;
            while (end < limit && (Letters.wordly(chars[end]) || "-_.".indexOf(chars[end]) >= 0)) {
                dots += chars[end++] == '.' ? 1 : 0;
            }
            if (begins("eyJ", start)
                    && ((dots == 2 && end - start > 30) || (dots >= 1 && end == limit))) {
                hits.add(start, end, Kind.API_KEY, .95f);
                return end;
            }
            for (Prefix prefix : PREFIXES) {
                if (prefix.begins(chars, start, end)
                        && Letters.wordly(chars[start + prefix.text().length()])
                        && random(start, end)) {
                    hits.add(start, end, Kind.API_KEY, .95f);
                    return end;
                }
            }
            return 0;
        }

        /// What is assigned to a word such as `password`; the end or 0.
        private int assigned(int from, int topic) {
            int at = from;
            boolean assigned = false;
            while (at < length && at - from < 6 && " :=\"'`>\\".indexOf(chars[at]) >= 0) {
                assigned |= chars[at] == ':' || chars[at] == '=';
                at++;
            }
            if (!assigned && at < length && begins("is ", at)) {
                at += 3;
                assigned = topic == PASSWORD;
            }
            boolean bearer =
                    topic == KEY && at == from + 1 && from >= 6 && (chars[from - 1] | 32) == 'r';
            return (assigned || bearer) && at < length ? value(at, topic) : 0;
        }

        private int value(int start, int topic) {
            int end = start;
            int limit = Math.min(length, start + FAR);
            boolean digit = false;
            boolean letter = false;
            boolean sign = false;
            while (end < limit && chars[end] > ' ' && "\"'`,;)<>".indexOf(chars[end]) < 0) {
                byte kind = Letters.kind(chars[end++]);
                digit |= kind == Letters.DIGIT;
                letter |= kind == Letters.LOWER || kind == Letters.UPPER;
                sign |= kind == Letters.NONE;
            }
            boolean code =
                    (end < length && end > start && (chars[end] == ')' || chars[end] == '<'))
                            || has('(', start, end)
                            || has('$', start, start + 1)
                            || has('{', start, end)
                            || has('[', start, end);
            boolean word =
                    topic == PASSWORD
                            ? end - start >= 6 && ((digit && letter) || (sign && digit))
                            : end - start >= 16 && digit && letter && random(start, end);
            if (!word || code) {
                return 0;
            }
            hits.add(start, end, topic == PASSWORD ? Kind.PASSWORD : Kind.API_KEY, .8f);
            return end;
        }

        private boolean has(char c, int start, int end) {
            for (int i = start; i < end; i++) {
                if (chars[i] == c) {
                    return true;
                }
            }
            return false;
        }

        /// Shannon entropy per character above that of words.
        private boolean random(int start, int end) {
            int[] counts = new int[128];
            int size = Math.min(end - start, 256);
            for (int i = start; i < start + size; i++) {
                counts[chars[i] & 127]++;
            }
            double entropy = 0;
            for (int count : counts) {
                if (count > 0) {
                    double share = (double) count / size;
                    entropy -= share * Math.log(share) / Math.log(2);
                }
            }
            return entropy >= ENTROPY;
        }

        private int block(int at) {
            int line = at;
            while (line < length && chars[line] != '\n' && line - at < 60) {
                line++;
            }
            String head = new String(chars, at, line - at);
            if (!head.contains("PRIVATE KEY")) {
                return at + 11;
            }
            int end = Math.min(length, at + LONGEST);
            for (int i = line; i + 9 < end; i++) {
                if (chars[i] == '-' && begins("-----END ", i)) {
                    end = i + 9;
                    while (end < length && end - i < 60 && chars[end] != '\n') {
                        end++;
                    }
                }
            }
            hits.add(at, end, Kind.PRIVATE_KEY, .98f);
            return end;
        }

        /// `scheme://user:password@host`.
        private int login(int at) {
            int colon = -1;
            int i = at + 3;
            int limit = Math.min(length, at + 300);
            while (i < limit
                    && chars[i] > ' '
                    && chars[i] != '/'
                    && chars[i] != '@'
                    && chars[i] != '"') {
                if (chars[i] == ':' && colon < 0) {
                    colon = i;
                }
                i++;
            }
            if (i < limit
                    && chars[i] == '@'
                    && colon > at + 2
                    && i > colon + 2
                    && chars[colon + 1] != '$'
                    && chars[colon + 1] != '{'
                    && chars[colon + 1] != '<') {
                hits.add(at + 3, i, Kind.PASSWORD, .9f);
            }
            return at + 3;
        }
    }
}
