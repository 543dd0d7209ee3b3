package dev.tierwise.call.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTextTest {
    private static final MetricsText PAGE =
            new MetricsText(
                    """
                    # HELP a of it
                    a{x="1",y="}{"} 2.0 1700000000
                    a{x="2"} 3
                    ab 7
                    c NaN
                    d -1
                    e 1e3
                    f{x="1"
                    g what
                    """);

    @Test
    void seriesAreSummed() {
        assertThat(PAGE.sum("a")).isEqualTo(5);
        assertThat(PAGE.sum("ab")).isEqualTo(7);
        assertThat(PAGE.count("e")).isEqualTo(1_000);
    }

    @Test
    void whatIsNotThereOrNoNumberIsUnknown() {
        assertThat(PAGE.sum("b")).isNull();
        assertThat(PAGE.sum("c")).isNull();
        assertThat(PAGE.count("d")).isNull();
        assertThat(PAGE.sum("f")).isNull();
        assertThat(PAGE.sum("g")).isNull();
    }
}
