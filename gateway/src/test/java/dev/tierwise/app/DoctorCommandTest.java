package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// What `tw doctor` prints in the place of its usual page.
class DoctorCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void rawReadingsAreWhatWasAskedAndWhatWasMadeOfIt() {
        assertThat(run("--raw")).as(err.toString()).isZero();

        assertThat(out.toString())
                .startsWith("system: " + System.getProperty("os.name"))
                .contains("\n$ nvidia-smi ")
                .contains("What was made of it:\n")
                .contains("(cpu): memory ");
    }

    @Test
    void rawReadingsAreNoJson() {
        assertThat(run("--raw", "--json")).isEqualTo(Main.USAGE);
    }

    private int run(String... options) {
        var line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 1];
        all[0] = "doctor";
        System.arraycopy(options, 0, all, 1, options.length);
        return line.execute(all);
    }
}
