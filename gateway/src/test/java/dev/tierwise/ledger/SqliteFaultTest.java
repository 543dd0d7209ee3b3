package dev.tierwise.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFaultTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("ledger.db");
    }

    @Test
    void aFullDiskLosesNothingOnceItHasSpace() {
        var full = new AtomicBoolean();
        var store = new SqliteStore(new SqliteFile(file), () -> limited(full.get()));
        assertThat(store.prepare()).isEmpty();
        try (Ledger ledger = Ledger.over(store, Limits.USUAL)) {
            full.set(true);
            store.prepare();
            IntStream.range(0, 3_000).forEach(i -> ledger.record(Entries.usual("r" + i)));
            boolean whileFull = ledger.flush(Duration.ofSeconds(1));
            String trouble = ledger.trouble().orElse("none");

            full.set(false);

            assertThat(ledger.flush(SOON)).isTrue();
            assertThat(whileFull).isFalse();
            assertThat(trouble).contains("its disk is full").contains("ledger.db");
            assertThat(ledger.trouble()).isEmpty();
        }
        assertThat(requests()).isEqualTo(3_000);
    }

    @Test
    void aLockOfAnotherProcessIsWaitedFor() throws SQLException {
        try (Ledger ledger = open();
                Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            ledger.record(Entries.usual("a"));
            boolean whileLocked = ledger.flush(Duration.ofMillis(100));

            statement.execute("COMMIT");

            assertThat(ledger.flush(SOON)).isTrue();
            assertThat(whileLocked).isFalse();
        }
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void aFileThatWasMovedAwayIsMadeAnew() throws IOException {
        try (Ledger ledger = open()) {
            ledger.record(Entries.usual("old"));
            ledger.flush(SOON);
            Files.move(file, folder.resolve("away.db"));

            ledger.record(Entries.usual("new"));

            assertThat(ledger.flush(SOON)).isTrue();
        }
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE request SET cost_nanos = 0",
                "DELETE FROM request",
                "UPDATE attempt SET cost_nanos = 0",
                "DELETE FROM attempt",
                "UPDATE verdict SET action = 'accept'",
                "DELETE FROM verdict",
                "UPDATE feedback SET score = 1",
                "DELETE FROM feedback",
            })
    void rowsCannotBeChangedOrDeleted(String sql) throws SQLException {
        write("a");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {

            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("append-only");
        }
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT OR REPLACE INTO request SELECT * FROM request",
                "INSERT OR REPLACE INTO attempt SELECT * FROM attempt",
                "INSERT OR REPLACE INTO verdict SELECT * FROM verdict",
                "INSERT OR REPLACE INTO feedback SELECT * FROM feedback",
            })
    void rowsCannotBeReplaced(String sql) throws SQLException {
        write("a");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {

            int replaced = statement.executeUpdate(sql);

            assertThat(replaced).isZero();
        }
    }

    @Test
    void aLedgerOfANewerVersionIsRefusedAndLeftAlone() throws SQLException {
        write("a");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO flyway_schema_history SELECT 99, '99', description, type, script,"
                            + " checksum, installed_by, installed_on, execution_time, success"
                            + " FROM flyway_schema_history WHERE version = '1'");
        }

        Opened opened = Ledger.open(file);

        assertThat(failure(opened)).contains("newer Tierwise").contains("ledger.db");
        assertThat(Ledger.read(file, Span.ALL)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aDamagedFileIsRefusedWithARemedy() throws IOException {
        Files.writeString(file, "this is no database ".repeat(500));

        String failure = failure(Ledger.open(file));

        assertThat(failure).contains("damaged").contains("ledger.db").contains(".recover");
        assertThat(Files.readString(file)).startsWith("this is no database");
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefusedAndLeftAlone() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theirs (x)");
        }

        String failure = failure(Ledger.open(file));

        assertThat(failure).contains("another program").contains("ledger.db");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(folder.resolve("plain"), "a file");

        String failure = failure(Ledger.open(folder.resolve("plain").resolve("ledger.db")));

        assertThat(failure).contains("cannot be made").contains("ledger.db");
    }

    @Test
    void aFolderInPlaceOfTheFileIsNamed() throws IOException {
        Files.createDirectory(file);

        String failure = failure(Ledger.open(file));

        assertThat(failure).contains("cannot be written").contains("ledger.db");
    }

    @Test
    void newestIsTheVersionOfTheLastMigration() throws IOException {
        var folderOfMigrations =
                Path.of("src/main/resources").resolve(Schema.MIGRATIONS).toAbsolutePath();
        try (var files = Files.list(folderOfMigrations)) {
            int last =
                    files.map(path -> path.getFileName().toString())
                            .mapToInt(
                                    name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                            .max()
                            .orElseThrow();

            assertThat(Schema.NEWEST).isEqualTo(last);
        }
    }

    @Test
    void whatIsWrittenCanBeReadWhileTheWriterIsOpen() {
        try (Ledger ledger = open()) {
            ledger.record(Entries.usual("a"));
            ledger.flush(SOON);

            assertThat(requests()).isEqualTo(1);
        }
    }

    private Link limited(boolean full) {
        Link link = new SqliteFile(file).writer();
        if (full && link instanceof Link.Up(Connection connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = 20");
            } catch (SQLException e) {
                return new Link.Down(e.toString());
            }
        }
        return link;
    }

    private Ledger open() {
        return ((Opened.Ready) Ledger.open(file)).ledger();
    }

    private void write(String id) {
        var store = new SqliteStore(file);
        Entry entry = Entries.judged(id, Entries.verdict(1, Verdict.Action.ACCEPT));
        Feedback feedback = Entries.feedback(id, Feedback.Kind.THUMB, 1);
        assertThat(store.append(List.of(entry, feedback))).isEmpty();
        store.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private long requests() {
        return ((Reading.Found) Ledger.read(file, Span.ALL)).figures().all().requests();
    }

    private static String failure(Opened opened) {
        assertThat(opened).isInstanceOf(Opened.Failed.class);
        return ((Opened.Failed) opened).message();
    }
}
