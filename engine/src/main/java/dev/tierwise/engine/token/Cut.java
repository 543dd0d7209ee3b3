package dev.tierwise.engine.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a byte-level vocabulary wants text cut into words before any merging. The patterns are those
/// of the models' own `tokenizer.json` (where llama.cpp stands in an approximation for one, the
/// original is used); the names are those that GGUF files carry in `tokenizer.ggml.pre`.
///
/// None of the patterns repeats a group, so matching needs no stack and, as every run that is
/// scanned in vain is taken whole by a later alternative, time grows with the length of the text.
///
/// @param stages applied one after another; what a pattern leaves out is a piece too
/// @param composed whether text is brought into Unicode form C first
/// @param wholeWords whether a word that is a token is taken as it is, without merging
/// @param addBos whether a prompt starts with `bos` when the file is silent
record Cut(List<Pattern> stages, boolean composed, boolean wholeWords, boolean addBos) {
    private static final String ENGLISH = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String PUNCTUATION = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*";
    private static final String SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String WORD = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    private static final String GPT_2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String HEAD = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String CL_100K = cl100k("\\p{N}{1,3}");
    private static final String QWEN = cl100k("\\p{N}");

    private static final Map<String, Cut> KNOWN = known();

    /// The way of that name; null when there is none.
    static @Nullable Cut named(String name) {
        return KNOWN.get(name);
    }

    /// The names, for a refusal.
    static String names() {
        return String.join(", ", KNOWN.keySet());
    }

    /// The end of each piece of `text`, rising; the pieces cover all of it.
    Ints ends(String text) {
        var ends = new Ints();
        if (!text.isEmpty()) {
            ends.add(text.length());
        }
        for (var stage : stages) {
            ends = apply(stage, text, ends);
        }
        return ends;
    }

    private static Ints apply(Pattern stage, String text, Ints pieces) {
        var ends = new Ints();
        var matcher = stage.matcher(text);
        var from = 0;
        for (var i = 0; i < pieces.size(); i++) {
            var end = pieces.get(i);
            matcher.region(from, end);
            var done = from;
            while (matcher.find()) {
                if (matcher.start() > done) {
                    ends.add(matcher.start());
                }
                if (matcher.end() > matcher.start()) {
                    ends.add(matcher.end());
                }
                done = matcher.end();
            }
            if (done < end) {
                ends.add(end);
            }
            from = end;
        }
        return ends;
    }

    private static Map<String, Cut> known() {
        var known = new TreeMap<String, Cut>();
        var gpt2 = of(GPT_2);
        add(known, gpt2, "gpt-2", "phi-2", "mpt", "olmo", "exaone4", "trillion");
        var llama3 = new Cut(patterns(CL_100K), false, true, true);
        add(known, llama3, "llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral");
        add(known, llama3, "lfm2", "midm-2.0");
        // Phi-4 names itself dbrx: both use the words of OpenAI's cl100k.
        add(known, of(CL_100K), "dbrx", "smaug-bpe", "chatglm-bpe", "glm4");
        add(known, new Cut(patterns(QWEN), true, false, false), "qwen2", "deepseek-r1-qwen");
        add(known, of(QWEN), "stablelm2", "hunyuan", "megrez", "grok-2", "solar-open");
        var marks = QWEN.replace("?\\p{L}+", "?[\\p{L}\\p{M}]+");
        marks = marks.replace(PUNCTUATION, " ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*");
        add(known, of(marks), "qwen35");
        var tekken = cased("", "\\p{N}");
        add(known, new Cut(patterns(tekken), false, true, true), "tekken");
        add(known, of(cased(ENGLISH + "?", "\\p{N}{1,3}")), "gpt-4o", "o200k", "llama4", "kanana2");
        var digits = of("\\p{N}", GPT_2);
        add(known, digits, "smollm", "starcoder", "refact", "codeshell", "exaone", "command-r");
        add(known, digits, "minerva-7b");
        var deepSeekCoder = "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+";
        add(
                known,
                of("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", deepSeekCoder, "\\p{N}"),
                "deepseek-coder");
        add(known, deepSeek3(), "deepseek-v3", "hunyuan-dense");
        add(
                known,
                of(
                        "[\\p{P}$+<=>^~|]+",
                        GPT_2.replace("|\\s+(?!\\S)|\\s+", "|\\s+(?!\\S)"),
                        "\\p{N}+",
                        "[0-9][0-9][0-9]"),
                "default");
        add(
                known,
                of(
                        "[\\p{P}$+<=>^~|`]+",
                        GPT_2.replace("|\\s+(?!\\S)|\\s+", "|\\s+(?!\\S)"),
                        "[0-9][0-9][0-9]"),
                "falcon");
        return known;
    }

    private static Cut deepSeek3() {
        var ascii = "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+";
        return of(
                "\\p{N}{1,3}",
                "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
                ascii
                        + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
                        + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|"
                        + SPACES);
    }

    private static String cl100k(String number) {
        return String.join("|", ENGLISH, WORD, number, PUNCTUATION, SPACES);
    }

    private static String cased(String ending, String number) {
        return String.join(
                "|",
                HEAD + UPPER + "*" + LOWER + "+" + ending,
                HEAD + UPPER + "+" + LOWER + "*" + ending,
                number,
                " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
                SPACES);
    }

    private static Cut of(String... stages) {
        return new Cut(patterns(stages), false, false, false);
    }

    private static List<Pattern> patterns(String... stages) {
        var patterns = new ArrayList<Pattern>();
        for (var stage : stages) {
            patterns.add(Pattern.compile(stage, Pattern.UNICODE_CHARACTER_CLASS));
        }
        return List.copyOf(patterns);
    }

    private static void add(Map<String, Cut> known, Cut cut, String... names) {
        for (var name : names) {
            known.put(name, cut);
        }
    }
}
