package dev.tierwise.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.models.ModelName.HuggingFace;
import dev.tierwise.models.ModelName.Ollama;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameReaderTest {
    private static final Registries REGISTRIES =
            ((Registries.Reading.Good) Registries.of(_ -> null, false)).registries();

    private static ModelName name(String text) {
        return ((ModelName.Parsed.Good) REGISTRIES.parse(text, false)).name();
    }

    private static String refused(String text) {
        return ((ModelName.Parsed.Bad) REGISTRIES.parse(text, false)).message();
    }

    @Test
    void everyFormIsRead() {
        assertThat(name("acme/tiny-GGUF"))
                .isEqualTo(new HuggingFace("acme", "tiny-GGUF", "main", null, null));
        assertThat(name("HF.co/acme/tiny-GGUF:Q8_0"))
                .isEqualTo(new HuggingFace("acme", "tiny-GGUF", "main", "Q8_0", null));
        assertThat(name("hf.co/acme/tiny/sub/x.gguf"))
                .isEqualTo(new HuggingFace("acme", "tiny", "main", null, "sub/x.gguf"));
        assertThat(name("https://huggingface.co/acme/tiny/blob/v2/x.gguf"))
                .isEqualTo(new HuggingFace("acme", "tiny", "v2", null, "x.gguf"));
        assertThat(name("https://huggingface.co/acme/tiny/"))
                .isEqualTo(new HuggingFace("acme", "tiny", "main", null, null));
        assertThat(name("llama3.2")).isEqualTo(new Ollama("library", "llama3.2", "latest"));
        assertThat(name("llama3.2:3b")).isEqualTo(new Ollama("library", "llama3.2", "3b"));
        assertThat(name("library/llama3.2:3b")).isEqualTo(new Ollama("library", "llama3.2", "3b"));
        assertThat(name("ollama.com/me/mine:q4")).isEqualTo(new Ollama("me", "mine", "q4"));
        assertThat(name("https://example.org/a/x.GGUF?token=1"))
                .isEqualTo(new ModelName.Web(URI.create("https://example.org/a/x.GGUF?token=1")));
        assertThat(name("http://127.0.0.1:1/x.gguf")).isInstanceOf(ModelName.Web.class);
        assertThat(name("x.gguf")).isEqualTo(new ModelName.Local(Path.of("x.gguf")));
        assertThat(name("/a/x.gguf")).isEqualTo(new ModelName.Local(Path.of("/a/x.gguf")));
        assertThat(name("file:///a/x.gguf")).isEqualTo(new ModelName.Local(Path.of("/a/x.gguf")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.org/x.gguf, http is refused",
        "https://example.org/page, does not end with .gguf",
        "https://me:secret@example.org/x.gguf, without user",
        "ftp://example.org/x.gguf, no https address",
        "a/b/c, no repository",
        "../model.bin, does not end with .gguf",
        "a b, no model",
        "acme/../../etc, no repository"
    })
    void whatIsNoNameIsRefusedWithTheForms(String text, String why) {
        assertThat(refused(text)).contains(why, "hf.co/OWNER/REPO").doesNotContain("secret");
    }

    @Test
    void httpIsTakenWhereTheUserInsists() {
        assertThat(REGISTRIES.parse("http://example.org/x.gguf", true))
                .isInstanceOf(ModelName.Parsed.Good.class);
    }

    @Test
    void aSignatureInAnAddressIsNeverShown() {
        ModelName name = name("https://example.org/a/x.gguf?token=abc");

        assertThat(name.toString() + name.shown()).doesNotContain("abc").contains("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "example.org", "https://u:p@example.org"})
    void aRegistryThatIsNotSafeIsRefusedByItsVariable(String address) {
        Registries.Reading reading = Registries.of(Map.of("HF_ENDPOINT", address)::get, false);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Registries.Reading.Bad.class,
                        bad ->
                                assertThat(bad.message())
                                        .contains("$HF_ENDPOINT")
                                        .doesNotContain("u:p"));
    }

    @Test
    void theFirstVariableThatIsSetWins() {
        var environment =
                Map.of(
                        "TIERWISE_HF_URL",
                        "https://mirror.example/",
                        "HF_ENDPOINT",
                        "https://b.example");

        var registries =
                ((Registries.Reading.Good) Registries.of(environment::get, false)).registries();

        assertThat(registries.huggingFace().base()).isEqualTo("https://mirror.example");
    }
}
