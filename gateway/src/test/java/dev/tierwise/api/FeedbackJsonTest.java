package dev.tierwise.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import dev.tierwise.core.Tier;
import dev.tierwise.wire.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackJsonTest {
    private static final Key PLAIN = key("team", false);

    @Test
    void aThumbIsRead() {
        Ratings.Rating rating = good("{\"request_id\": \"r1\", \"thumb\": \"down\"}", PLAIN);

        assertThat(rating).isEqualTo(new Ratings.Rating("r1", "team", false, false, null, false));
    }

    @Test
    void severalFieldsAreReadAtOnceAndNoWordIsKept() {
        Ratings.Rating rating =
                good(
                        """
                        {"request_id": "r1", "thumb": "up", "score": 0.5,
                         "corrected": "the secret answer", "comment": "a secret too"}\
                        """,
                        key("root", true));

        assertThat(rating).isEqualTo(new Ratings.Rating("r1", "root", true, true, 0.5, true));
        assertThat(rating.toString()).doesNotContain("secret");
    }

    @Test
    void withoutKeysEverybodyIsTheUser() {
        Ratings.Rating rating = good("{\"request_id\": \"r1\", \"score\": 1}", null);

        assertThat(rating).isEqualTo(new Ratings.Rating("r1", "anonymous", true, null, 1.0, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | null",
                "[] | null",
                "{} | request_id",
                "{\"request_id\": 7, \"thumb\": \"up\"} | request_id",
                "{\"request_id\": \" \", \"thumb\": \"up\"} | request_id",
                "{\"request_id\": \"r\"} | thumb",
                "{\"request_id\": \"r\", \"thumb\": null} | thumb",
                "{\"request_id\": \"r\", \"thumb\": \"UP\"} | thumb",
                "{\"request_id\": \"r\", \"thumb\": true} | thumb",
                "{\"request_id\": \"r\", \"score\": 1.01} | score",
                "{\"request_id\": \"r\", \"score\": -0.1} | score",
                "{\"request_id\": \"r\", \"score\": \"1\"} | score",
                "{\"request_id\": \"r\", \"score\": 1e999} | score",
                "{\"request_id\": \"r\", \"corrected\": 4} | corrected",
                "{\"request_id\": \"r\", \"thumb\": \"up\", \"comment\": {}} | comment",
                "{\"request_id\": \"r\", \"thumbs\": \"up\"} | thumbs",
            })
    void whatCannotBeReadIsRefusedWithItsField(String body, String field) {
        Read<Ratings.Rating> read = read(body, PLAIN);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Bad.class,
                        bad -> {
                            assertThat(String.valueOf(bad.problem().field())).isEqualTo(field);
                            assertThat(bad.problem().message()).contains("request_id");
                        });
    }

    private static Ratings.Rating good(String body, @Nullable Key key) {
        Read<Ratings.Rating> read = read(body, key);
        assertThat(read).isInstanceOf(Read.Good.class);
        return ((Read.Good<Ratings.Rating>) read).value();
    }

    private static Read<Ratings.Rating> read(String body, @Nullable Key key) {
        return FeedbackJson.read(body.getBytes(StandardCharsets.UTF_8), key);
    }

    private static Key key(String name, boolean admin) {
        return new Key(
                name,
                "secret",
                new Key.Bounds(Tier.FRONTIER, DataClass.INTERNAL, null, name, List.of(), admin));
    }
}
