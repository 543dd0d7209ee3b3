package dev.tierwise.catalogue;

import java.util.Locale;
import java.util.regex.Pattern;

/// Names of open models made comparable: `llama3.2:3b-instruct-q4_K_M`,
/// `meta-llama/Llama-3.2-3B-Instruct` and `Llama-3.2-3B-Instruct-Q4_K_M.gguf` are the same model.
final class OpenName {
    private static final Pattern FILE = Pattern.compile("(-\\d{5}-of-\\d{5})?\\.gguf$");
    private static final Pattern FORM =
            Pattern.compile(
                    "[-_.@:](u?d-)?(i?q\\d(_[a-z0-9]+)*|f16|bf16|f32|fp16|fp8|fp4|awq|gptq|int[48]"
                            + "|w\\d+a\\d+|mxfp4|nvfp4|[48]bit|mlx|gguf|ggml|qat|dynamic|instruct"
                            + "|it|chat|hf|text|2\\d(0[1-9]|1[0-2]))(?=[-_.:@]|$)");
    private static final Pattern PUBLISHER = Pattern.compile("^[a-z]+_(?=[a-z])");
    private static final Pattern FILLER = Pattern.compile("[^a-z0-9.]");

    private OpenName() {}

    /// The key under which all names of one model meet.
    static String key(String name) {
        String bare = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        bare = FILE.matcher(bare).replaceFirst("");
        if (bare.endsWith(":latest")) {
            bare = bare.substring(0, bare.length() - ":latest".length());
        }
        if (bare.startsWith("meta-llama")) {
            bare = bare.substring("meta-".length());
        }
        bare = PUBLISHER.matcher(bare).replaceFirst("");
        String before;
        do {
            before = bare;
            bare = FORM.matcher(bare).replaceFirst("");
        } while (!bare.equals(before));
        return FILLER.matcher(bare).replaceAll("");
    }
}
