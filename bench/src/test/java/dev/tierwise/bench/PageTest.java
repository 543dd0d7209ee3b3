package dev.tierwise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageTest {
    private static final String BEGIN = "<!-- bench:json begin: written by ./tw bench -->";
    private static final String END = "<!-- bench:json end -->";

    @Test
    void onlyTheTextBetweenTheMarkersChanges() {
        var page = new Page("# Top\n\n" + BEGIN + "\nold\n" + END + "\n\nBelow.\n");

        Page changed = page.with("json", "new\n");

        assertThat(changed.text())
                .isEqualTo("# Top\n\n" + BEGIN + "\nnew\n" + END + "\n\nBelow.\n");
    }

    @Test
    void aPartThatIsMissingIsAddedAtTheEnd() {
        assertThat(new Page("# Top\n").with("json", "new").text())
                .isEqualTo("# Top\n\n" + BEGIN + "\nnew\n" + END + "\n");
    }

    @Test
    void writingTwiceIsWritingOnce() {
        Page once = new Page("# Top\n").with("json", "new").with("stream", "other");

        assertThat(once.with("json", "new")).isEqualTo(once);
    }

    @Test
    void aPartWithoutEndIsRefused() {
        assertThatThrownBy(() -> new Page(BEGIN + "\nold\n").with("json", "new"))
                .hasMessageContaining(END);
    }
}
