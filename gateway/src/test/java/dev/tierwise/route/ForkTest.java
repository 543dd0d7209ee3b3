package dev.tierwise.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForkTest {
    private static final Way FREE = new Way(Tier.LOCAL, .6, 0, 0);
    private static final Way LOOK = new Way(Tier.LOCAL, .6, 0, 2);
    private static final Way BIG = new Way(Tier.FRONTIER, .9, .01, 1);
    private final Turn turn = Aim.quality(.85).turn(List.of(Tier.values()));
    private final Fork fork = new Fork(turn, List.of(BIG));

    @Test
    void aLookPaysWhereItMaySaveTheLargeModel() {
        double direct = turn.worth(BIG, .9);

        double looked = fork.worth(FREE, Power.AGREEMENT, LOOK, .9);

        assertThat(looked).isGreaterThan(direct);
    }

    @Test
    void aLookThatTellsNothingCostsOnlyTime() {
        double direct = turn.worth(BIG, .9);

        double looked = fork.worth(FREE, new Power(.5, .5), LOOK, .9);

        assertThat(looked).isLessThan(direct);
    }

    @Test
    void chancesAreThoseOfBayes() {
        var power = new Power(.8, .2);

        assertThat(power.speaksFor(.5)).isEqualTo(.5);
        assertThat(power.after(.5)).isEqualTo(.8);
        assertThat(power.afterDoubt(.5)).isCloseTo(.2, org.assertj.core.data.Offset.offset(1e-12));
    }
}
