package dev.tierwise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    private static final long RUN_MILLIS = 2_500;

    @TempDir Path folder;

    @Test
    void aKilledGatewayLosesNoEntryOlderThanASecondAndLeavesAWholeFile() throws Exception {
        Path file = folder.resolve("ledger.db");
        Process process = start(file.toString());
        var told = new ArrayList<Told>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Told first = told(out.readLine());
            Told last = first;
            while (last.millis() - first.millis() < RUN_MILLIS) {
                told.add(last);
                last = told(out.readLine());
            }
        }

        process.destroyForcibly().waitFor();
        long killed = System.currentTimeMillis();

        Set<String> kept = ids(file);
        List<String> settled =
                told.stream()
                        .filter(entry -> entry.millis() < killed - 1_000)
                        .map(Told::id)
                        .toList();
        assertThat(check(file)).isEqualTo("ok");
        assertThat(settled).isNotEmpty();
        assertThat(settled.stream().filter(id -> !kept.contains(id))).isEmpty();
        try (Ledger again = ((Opened.Ready) Ledger.open(file)).ledger()) {
            assertThat(again.hasRoom()).isTrue();
        }
    }

    @Test
    void severalProcessesMayStartOnANewFileAtOnce() throws Exception {
        Path file = folder.resolve("new").resolve("ledger.db");
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(file.toString(), "once"));
        }

        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(processes)
                .allSatisfy(process ->
                        assertThat(process.exitValue())
                                .as(process.inputReader().readLine())
                                .isZero());
        assertThat(ids(file)).hasSize(3);
        assertThat(check(file)).isEqualTo("ok");
    }

    private static Process start(String... arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx128m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Crasher.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static Told told(String line) {
        int space = line.indexOf(' ');
        return new Told(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    }

    private static Set<String> ids(Path file) throws SQLException {
        var ids = new HashSet<String>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM request")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private static String check(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA integrity_check")) {
            return rows.next() ? rows.getString(1) : "no answer";
        }
    }

    private record Told(String id, long millis) {}
}
