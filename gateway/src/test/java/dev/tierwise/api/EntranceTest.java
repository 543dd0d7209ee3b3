package dev.tierwise.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntranceTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "app.localhost, true",
        "127.0.0.1, true",
        "127.8.9.10, true",
        "[::1], true",
        "evil.example, false",
        "localhost.evil.example, false",
        "127.0.0.1.evil.example, false",
        "127.0.0.1234, false",
        "0.0.0.0, false",
        "'', false"
    })
    void onlyNamesOfThisMachineAreLoopback(String host, boolean loopback) {
        assertThat(Entrance.loopback(host)).isEqualTo(loopback);
    }
}
