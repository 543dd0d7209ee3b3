package dev.tierwise.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import dev.tierwise.wire.Read;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {
    private static final Key BOUNDED =
            new Key(
                    "ci",
                    "secret",
                    new Key.Bounds(
                            Tier.MID, DataClass.PERSONAL, "tickets", "ci", List.of(), false));

    @Test
    void hintsNarrowAndNeverWiden() {
        Caller up =
                good(
                        Map.of(
                                "x-tierwise-max-tier", "frontier",
                                "x-tierwise-data-class", "public"));
        Caller down =
                good(
                        Map.of(
                                "x-tierwise-max-tier", "local",
                                "x-tierwise-data-class", "phi",
                                "x-tierwise-task", "mails",
                                "x-tierwise-quality", "high"));

        assertThat(up).isEqualTo(new Caller("ci", "tickets", Tier.MID, null, DataClass.PERSONAL));
        assertThat(down).isEqualTo(new Caller("ci", "mails", Tier.LOCAL, 0.95, DataClass.PHI));
    }

    @ParameterizedTest
    @CsvSource({
        "x-tierwise-max-tier, big",
        "x-tierwise-data-class, ph1",
        "x-tierwise-quality, 1.2",
        "x-tierwise-quality, NaN",
        "x-tierwise-quality, very",
        "x-tierwise-task, ''"
    })
    void whatCannotBeReadIsRefused(String header, String value) {
        Read<Caller> read = Hints.read(Map.of(header, value)::get, BOUNDED);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad -> assertThat(bad.problem().message()).contains(header));
    }

    private static Caller good(Map<String, String> headers) {
        Read<Caller> read = Hints.read(headers::get, BOUNDED);
        assertThat(read).isInstanceOf(Read.Good.class);
        return ((Read.Good<Caller>) read).value();
    }
}
