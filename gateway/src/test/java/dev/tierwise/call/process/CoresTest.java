package dev.tierwise.call.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {
    @Test
    void childrenNeverGetMoreThanIsFree() {
        var cores = new Cores(8, () -> 2.6);

        assertThat(cores.take(0)).isEqualTo(5);
        assertThat(cores.take(0)).isEqualTo(3); // five are taken, whatever they do now
        assertThat(cores.take(0)).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackIsFree() {
        var cores = new Cores(4, () -> -1);
        int first = cores.take(0);
        cores.giveBack(first);

        assertThat(cores.take(0)).isEqualTo(4);
    }

    @Test
    void aWishIsHeldToTheMachine() {
        assertThat(new Cores(4, () -> 9).take(2)).isEqualTo(2);
        assertThat(new Cores(4, () -> 0).take(64)).isEqualTo(4);
        assertThat(new Cores(4, () -> 9).take(0)).isEqualTo(1);
    }
}
