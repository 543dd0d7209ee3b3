package dev.tierwise.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The text for reports of faults.
class RawTest {
    @Test
    void textSaysWhatWasAskedAndHowItWent() {
        var raw =
                new Raw(
                        "Linux",
                        List.of(
                                new Raw.Entry("$ vm_stat", "exit 0", "one\ntwo\n"),
                                new Raw.Entry("< /proc/meminfo", "not found", "")));

        assertThat(raw.text())
                .isEqualTo(
                        """
                        system: Linux

                        $ vm_stat
                        = exit 0
                        | one
                        | two

                        < /proc/meminfo
                        = not found
                        """);
    }

    @Test
    void homeAndSerialNumbersAreBlottedOut() {
        String home = System.getProperty("user.home");
        String text =
                "path " + home + "/x\n\"display-serial-number\" : \"FVFXC123\"\nGPU UUID: GPU-1\n";

        String shown = new Raw("Linux", List.of(new Raw.Entry("$ x", "exit 0", text))).text();

        assertThat(shown)
                .contains("| path ~/x\n")
                .contains("| \"display-serial-number\" : …\n")
                .contains("| GPU UUID: …\n")
                .doesNotContain("FVFXC123", "GPU-1");
    }

    @Test
    void longTextIsCut() {
        String text = "x".repeat(50_000);

        String shown = new Raw("Linux", List.of(new Raw.Entry("$ x", "exit 0", text))).text();

        assertThat(shown).hasSizeLessThan(13_000).contains("more)");
    }
}
