package dev.tierwise.discover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:11434, true",
        "localhost, http://localhost:11434, true",
        "localhost:1234, http://localhost:1234, true",
        ":9999, http://127.0.0.1:9999, true",
        "0.0.0.0, http://127.0.0.1:11434, true",
        "0.0.0.0:8081, http://127.0.0.1:8081, true",
        "[::]:8081, http://[::1]:8081, true",
        "[::1], http://[::1]:11434, true",
        "http://127.0.0.1:11434/, http://127.0.0.1:11434, true",
        "http://127.0.0.1, http://127.0.0.1:80, true",
        "https://ollama.example.com, https://ollama.example.com:443, false",
        "https://example.com/ollama/, https://example.com:443/ollama, false",
        "10.0.0.7, http://10.0.0.7:11434, false",
        "my-server:11434, http://my-server:11434, false",
        "localhost.example.com, http://localhost.example.com:11434, false",
        "127.0.0.1.example.com, http://127.0.0.1.example.com:11434, false",
        "[2001:db8::1]:1, http://[2001:db8::1]:1, false",
        "' \"127.0.0.1\" ', http://127.0.0.1:11434, true"
    })
    void formsOfTheVariable(String value, String url, boolean loopback) {
        OllamaAddress address = OllamaAddress.of(value).orElseThrow();

        assertThat(address.url()).hasToString(url);
        assertThat(address.loopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@host",
                "user@host",
                "host:0",
                "host:99999",
                "host:12x",
                "ftp://host",
                "a b",
                "http://host/?q",
                "host#x",
                "[::1",
                "ho%st"
            })
    void whatIsNoAddressIsRefused(String value) {
        assertThat(OllamaAddress.of(value)).isEmpty();
    }

    @Test
    void sizesAreReadWithTheirUnit() {
        assertThat(OllamaProbe.size("3.2B")).isEqualTo(3_200_000_000L);
        assertThat(OllamaProbe.size("134.52M")).isEqualTo(134_520_000L);
        assertThat(OllamaProbe.size("1T")).isEqualTo(1_000_000_000_000L);
        assertThat(OllamaProbe.size("many")).isZero();
        assertThat(OllamaProbe.size("1.2.3B")).isZero();
    }
}
