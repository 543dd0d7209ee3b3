"""Records what the reference libraries make of text, for TokenGoldensTest.

    python3 -m venv env && env/bin/pip install tokenizers==0.23.3 sentencepiece==0.2.3
    env/bin/python engine/src/test/python/tokens.py engine/src/test/resources/token

All text is made here, from a fixed seed. Two vocabularies are trained on it: one byte-level (with hardly
any cut, so that its merges reach over the bounds of every family's words and a wrong cut shows) and one
of SentencePiece, with and without a space before the text.
"""

import io
import json
import pathlib
import random
import sys

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

ENGLISH = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
GPT_2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
TAIL = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
SLASH = r" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
WORD = r"[^\r\n\p{L}\p{N}]?\p{L}+"
UPPER = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
CL_100K = rf"{ENGLISH}|{WORD}|\p{{N}}{{1,3}}|{TAIL}"
QWEN_2 = rf"{ENGLISH}|{WORD}|\p{{N}}|{TAIL}"
QWEN_35 = (rf"{ENGLISH}|[^\r\n\p{{L}}\p{{N}}]?[\p{{L}}\p{{M}}]+|\p{{N}}"
           r"| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
TEKKEN = rf"{UPPER}*{LOWER}+|{UPPER}+{LOWER}*|\p{{N}}|{SLASH}"
GPT_4O = rf"{UPPER}*{LOWER}+{ENGLISH}?|{UPPER}+{LOWER}*{ENGLISH}?|\p{{N}}{{1,3}}|{SLASH}"
DEEPSEEK_3 = (r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"""
              r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")

FAMILIES = {
    "gpt-2": ([GPT_2], False, False),
    "llama-bpe": ([CL_100K], False, True),
    "dbrx": ([CL_100K], False, False),
    "qwen2": ([QWEN_2], True, False),
    "qwen35": ([QWEN_35], False, False),
    "tekken": ([TEKKEN], False, True),
    "gpt-4o": ([GPT_4O], False, False),
    "smollm": ([r"\p{N}", GPT_2], False, False),
    "deepseek-coder": (["[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", "[一-龥ࠀ-一가-퟿]+", r"\p{N}"], False, False),
    "deepseek-v3": ([r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+", DEEPSEEK_3], False, False),
}

SPECIAL = ["<|im_start|>", "<|im_end|>", "<|endoftext|>"]
OWN = ["<tool_call>", "</tool_call>", "<think>"]

WORDS = """the of and to in a is that model small answer question ticket invoice router gateway it's don't
we'll I'm they've you'd HTTPServer camelCase snake_case JSON XMLHttpRequest café naïve Straße über ſchön
Привет мир это проверка Ελληνικά κείμενο שלום עולם مرحبا بالعالم नमस्ते दुनिया สวัสดี 你好 世界 测试 文本 こんにちは
カタカナ 漢字 안녕하세요 세계 Việt Nam tiếng ‍👩‍👩‍👧‍👦 👍🏽 🇩🇪 😀 ½ Ⅳ ² ٣٤ १२३ １２３ 1 12 123 1234 12345 2026 3.14 1,000,000 $5 €20
x+=1; foo(bar); {"key": "value"} <div> </div> // comment /* x */ --- ... !!! ??? #include a/b\\c &amp; @me""".split()
GAPS = [" "] * 12 + ["  ", "   ", "\n", "\n\n", "\r\n", "\t", ", ", ". ", " - ", "\u00a0", "\u3000", " \n ", "    \n"]


def corpus(random_, count):
    return ["".join(random_.choice(WORDS) + random_.choice(GAPS) for _ in range(random_.randint(3, 14)))
            for _ in range(count)]


def strings(random_):
    fixed = [
        "", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\r", "\t", "\t\t", " \n", "\n ", "  \n  ", "\u0000", "\u0001\u001f\u007f",
        "a", "A", "1", "'", "'s", "'S", "'ſ", "it's IT'S it'S Don'T we'LL", "''s", " 's", "1's", "\u2019s",
        "hello world", " hello world", "hello world ", "hello  world", "hello   world   ", "hello\nworld", "hello \n world",
        "\u00a0a", "a\u00a0", "\u3000\u3000x", "a\u2028b\u2029c", "\u0085a", "\u200ba\u200b", "\ufeffBOM", "\u180ea",
        "0123456789", "12 345 6789", "1a2b3c", "½⅓Ⅳ²", "٠١٢٣٤٥", "１２３４", "१२३४५", "3.14159", "1,234,567.89", "𝟘𝟙𝟚",
        "AAAA", "aaaa", "AaAaA", "ABCdefGHI", "ǅungla ǅ", "ʰʲ modifier", "HTTPServer2XMLHttpRequest",
        "e\u0301", "\u00e9", "cafe\u0301 caf\u00e9", "a\u0308\u0323 a\u0323\u0308", "\u0301\u0301", "x" + "\u0301" * 40,
        "한글", "\u1112\u1161\u11ab", "Å Å Ω Ω", "ﬁ ﬂ", "ạ̈",
        "😀", "😀😀😀", "👩‍👩‍👧‍👦", "👍🏽👍🏿", "🇩🇪🇫🇷🇯🇵", "☺️☺︎", "a😀b", " 😀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\U0001f9ff\u200d",
        "שלום עולם", "مرحبا بالعالم", "שָׁלוֹם", "\u202eabc\u202c", "Привет, мир!", "Ελληνικά", "ΣΊΣΥΦΟΣ",
        "नमस्ते", "สวัสดีครับ", "ภาษาไทย", "မြန်မာ", "ខ្មែរ", "தமிழ்", "你好，世界！", "こんにちは世界", "カタカナ", "한국어 텍스트", "漢字kanji漢字",
        "中文 English 中文", "\ufffd", "\ufffd\ufffd\ufffd", "a\ufffdb", "\ue000\uf8ff", "\U000f0000", "\U0010ffff", "\ufffe",
        "!!!", "...", "---", "a-b", "a--b", "?!?!", "!\n", "!\n\n", "! \n", "//\n", "a/b/c/", "/\n/\n", "\\n", "$$$ €€€", "+=", "<<=>>",
        "#include <stdio.h>\n\nint main(void) {\n\treturn 0;\n}\n", "def f(x):\n    return x**2\n\n\nprint(f(2))",
        '{"a": [1, 2, 3], "b": {"c": null}}', "<html><body>x</body></html>", "https://example.org/a?b=c&d=e#f", "a@b.co",
        "<|im_start|>", "<|im_start|>user\nhi<|im_end|>\n", " <|im_end|> ", "<|im_start|", "<<|im_end|>>", "<|im_end|><|im_end|>",
        "<tool_call>{}</tool_call>", "a<think>b", "<tool_call", "<|endoftext|>", "<s></s><unk>", "<0x41>", "▁", "▁▁a", " ▁ ", "a▁b",
        "Ġ", "ĠĠa", "Ċ", "[INST] x [/INST]", "<start_of_turn>user", "x" * 300, " " * 100, "\n" * 50, "ab" * 100, "1" * 50, "😀" * 30,
        "\t \t \t", " \t\n\r\u000b\u000c", "\u001c\u001d\u001e\u001fa", "a\u00adb", "\u2060", "\u034f", "ß ẞ ŉ İ ı", "’ ‘ “ ” „ « »",
    ]
    alphabet = list(" \n\t\r''aAbBsStT019.,!/-_") + ["  ", "'s", "'LL", "é", "e\u0301", "ß", "Я", "я", "ع", "\u064b", "中", "カ", "한", "😀", "\u200d",
                "\u00a0", "½", "ǅ", "ʰ", "\ufe0f", "\u2028", "٣", "\ufffd", "$", "<", "|", ">"]
    fixed += ["".join(random_.choice(alphabet) for _ in range(random_.randint(2, 40))) for _ in range(140)]
    return fixed + corpus(random_, 20)


def write(folder, name, value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for odd in "\u2028\u2029\u0085\ufeff\u202e\u202c":
        text = text.replace(odd, "\\u%04x" % ord(odd))
    (folder / name).write_text(text + "\n", encoding="utf-8")


def byte_level(folder, text, samples):
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    made.train_from_iterator(
        [line[i:i + 24] for line in text for i in range(0, len(line), 24)],
        trainers.BpeTrainer(vocab_size=1400, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    model = json.loads(made.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    merges = [tuple(merge) for merge in model["merges"]]
    # Words that no merges lead to: only families that look whole words up first may use them.
    for word in ("hello", "Ġhello", "AAAA", "345", "ABCdefGHI", "ĠHTTPServer"):
        if word not in model["vocab"]:
            model["vocab"][word] = len(tokens)
            tokens.append(word)
    plain = len(tokens)
    expected = {}
    for name, (stages, composed, whole) in FAMILIES.items():
        for trusted in (True, False):
            tokenizer = Tokenizer(models.BPE(vocab=model["vocab"], merges=merges, ignore_merges=whole))
            if composed:
                tokenizer.normalizer = normalizers.NFC()
            tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
                [pre_tokenizers.Split(Regex(stage), "isolated") for stage in stages]
                + [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
            added = [AddedToken(each, special=True, normalized=False) for each in SPECIAL] if trusted else []
            # Numbers follow the order of adding, so those of the untrusted run are shifted back below.
            tokenizer.add_tokens(added + [AddedToken(each, special=False, normalized=False) for each in OWN])
            shift = 0 if trusted else len(SPECIAL)
            rows = [[i + shift if i >= plain else i for i in tokenizer.encode(sample, add_special_tokens=False).ids]
                    for sample in samples]
            expected.setdefault(name, []).append(rows)
    write(folder, "byte-level.json", {
        "tokens": tokens + SPECIAL + OWN, "merges": [" ".join(merge) for merge in merges],
        "types": [1] * plain + [3] * len(SPECIAL) + [4] * len(OWN)})
    for name, (trusted, untrusted) in expected.items():
        differing = {str(i): row for i, row in enumerate(untrusted) if row != trusted[i]}
        write(folder, f"expected-{name}.json", {"trusted": trusted, "untrusted": differing})


def scored(folder, text, samples):
    for name, prefix in (("scored-prefix", True), ("scored", False)):
        model = io.BytesIO()
        own = ["<think>", "\n\n", "▁▁"]
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(text), model_writer=model, vocab_size=1100, model_type="bpe", byte_fallback=True,
            normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=prefix,
            character_coverage=0.99, split_by_whitespace=prefix, split_digits=True, allow_whitespace_only_pieces=True,
            control_symbols=["<start_of_turn>"], user_defined_symbols=[] if prefix else own,
            hard_vocab_limit=False, num_threads=1, minloglevel=2)
        processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
        size = processor.get_piece_size()
        kind = lambda i: (2 if processor.is_unknown(i) else 6 if processor.is_byte(i) else 3 if processor.is_control(i)
                          else 5 if processor.is_unused(i) else 1)
        pieces = [processor.id_to_piece(i) for i in range(size)]
        types = [4 if i < 8 and piece in own else kind(i) for i, piece in enumerate(pieces)]
        write(folder, name + ".json", {
            "tokens": pieces, "scores": [round(processor.get_score(i), 4) for i in range(size)], "types": types,
            "untrusted": [processor.encode(sample) for sample in samples]})


def main():
    folder = pathlib.Path(sys.argv[1])
    random_ = random.Random(7)
    text = corpus(random_, 3000)
    samples = strings(random_)
    write(folder, "strings.json", samples)
    byte_level(folder, text, samples)
    scored(folder, [line.replace("\n", " ").replace("\r", " ").replace("\0", " ") for line in text], samples)


if __name__ == "__main__":
    main()
