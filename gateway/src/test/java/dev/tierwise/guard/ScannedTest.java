package dev.tierwise.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.detect.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScannedTest {
    @Test
    void whatIsRememberedIsWhatWasFound() {
        var random = new Random(2);
        var scanned = new Scanned(64);
        var all = new HashMap<KeyedHash.Digest, Map<Kind, Integer>>();
        for (int i = 0; i < 20_000; i++) {
            var leaf = new KeyedHash.Digest(random.nextInt(2_000), random.nextInt(2));
            Map<Kind, Integer> known = scanned.get(leaf);
            if (known != null) {
                assertThat(known).isEqualTo(all.get(leaf));
            } else {
                Map<Kind, Integer> found = Map.of(Kind.SSN, i);
                scanned.put(leaf, found);
                all.put(leaf, found);

                assertThat(scanned.get(leaf)).isEqualTo(found);
            }
        }
    }

    @Test
    void theEmptyDigestIsNotKnownAtFirst() {
        assertThat(new Scanned(1).get(new KeyedHash.Digest(0, 0))).isNull();
    }

    @Test
    void theLastFourOfAPlaceAreKnown() {
        var scanned = new Scanned(1);
        for (int i = 0; i < 10; i++) {
            scanned.put(new KeyedHash.Digest(i, i), Map.of(Kind.SSN, i));
        }

        for (int i = 0; i < 10; i++) {
            assertThat(scanned.get(new KeyedHash.Digest(i, i)) != null).isEqualTo(i >= 6);
        }
    }
}
