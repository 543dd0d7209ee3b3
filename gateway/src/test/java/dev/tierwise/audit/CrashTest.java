package dev.tierwise.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    private static final int KILLS = 3;
    private static final int RECORDS = 100;

    @TempDir Path folder;

    @Test
    void aKilledGatewayLosesNothingThatWasSaidToBeOnDisk() throws Exception {
        var trail = new Trails(folder);
        var told = new ArrayList<String>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                for (int i = 0; i < RECORDS; i++) {
                    told.add(String.valueOf(out.readLine()));
                }
            }
            process.destroyForcibly().waitFor();
        }

        Verification before = trail.verifier().verify();
        trail.write(1);

        assertThat(before).isInstanceOf(Verification.Intact.class);
        trail.intact();
        String lines = trail.lines().stream().collect(Collectors.joining("\n"));
        for (String record : told) {
            String[] parts = record.split(" ", 2);
            assertThat(lines)
                    .containsPattern(
                            "\\{\"seq\":" + parts[0] + ",[^\n]*\"id\":\"" + parts[1] + "\"");
        }
    }

    private Process start() throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        folder.toString());
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
