package dev.tierwise.bench.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSpliceTest {
    private static String replaced(String json) {
        return new String(ModelSplice.replace(json.getBytes(UTF_8), "new"), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"auto\"} # {\"model\":\"new\"}",
                "{ \"a\" : 1.0e5 , \"model\" : \"auto\" , \"b\":[{}] } "
                        + "# { \"a\" : 1.0e5 , \"model\" : \"new\" , \"b\":[{}] }",
                "{\"m\":{\"model\":\"x\"},\"model\":null} # {\"m\":{\"model\":\"x\"},\"model\":\"new\"}",
                "{\"t\":\"\\\"model\\\":\",\"model\":\"ü\",\"z\":\"ü}\"} "
                        + "# {\"t\":\"\\\"model\\\":\",\"model\":\"new\",\"z\":\"ü}\"}",
                "{\"t\":[\"]\",{\"u\":\"}\"}],\"model\":7} "
                        + "# {\"t\":[\"]\",{\"u\":\"}\"}],\"model\":\"new\"}"
            })
    void onlyTheTopLevelModelChanges(String before, String after) {
        assertThat(replaced(before)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"model\"",
                "{\"model\":\"a",
                "{\"model\":\"a\" \"b\":1}",
                "{\"model\":[1,2}"
            })
    void brokenObjectsAreRefused(String json) {
        assertThatThrownBy(() -> replaced(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoModelsAreRefused() {
        assertThatThrownBy(() -> replaced("{\"model\":\"a\",\"model\":\"b\"}"))
                .hasMessageContaining("two");
    }

    @Test
    void noModelIsRefused() {
        assertThatThrownBy(() -> replaced("{\"a\":1}")).hasMessageContaining("no field");
    }
}
