package dev.tierwise.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(Refusal.retryAfter("7", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(Refusal.retryAfter("Mon, 23 Nov 2026 10:00:30 GMT", NOW))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(Refusal.retryAfter("Mon, 23 Nov 2026 09:00:00 GMT", NOW))
                .isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void whatCannotBeReadSaysNothing(String value) {
        assertThat(Refusal.retryAfter(value, NOW)).isNull();
    }
}
