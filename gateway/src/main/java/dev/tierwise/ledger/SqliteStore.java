package dev.tierwise.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// A ledger in one SQLite file. After any failure it connects anew, so that a disk that was full, a
/// folder that was not mounted or a file that was moved away is mended by the next append.
final class SqliteStore implements Store {
    private final SqliteFile file;
    private final Supplier<Link> writers;
    private @Nullable Connection connection;
    private @Nullable Inserts inserts;
    private @Nullable Object identity;

    SqliteStore(Path path) {
        this(new SqliteFile(path));
    }

    private SqliteStore(SqliteFile file) {
        this(file, file::writer);
    }

    /// @param writers gives a new connection for writing at each call
    SqliteStore(SqliteFile file, Supplier<Link> writers) {
        this.file = file;
        this.writers = writers;
    }

    /// Connects for writing and makes the tables where they are missing.
    ///
    /// @return what is wrong and how to mend it, if so
    Optional<String> prepare() {
        disconnect();
        return switch (writers.get()) {
            case Link.Down(String message) -> Optional.of(message);
            case Link.Up(Connection open) -> use(open);
        };
    }

    @Override
    public Optional<String> append(List<? extends Line> batch) {
        if (inserts == null || connection == null || moved()) {
            Optional<String> trouble = prepare();
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        try {
            Objects.requireNonNull(inserts).add(batch);
            Objects.requireNonNull(connection).commit();
            return Optional.empty();
        } catch (SQLException e) {
            disconnect();
            return Optional.of(Complaint.of(file.path(), e));
        }
    }

    @Override
    public Reading read(Span span) {
        if (!Files.exists(file.path())) {
            return new Reading.Missing(
                    "There is no ledger at "
                            + file.path()
                            + " yet. `tw serve` makes it with the first start.");
        }
        return switch (file.reader()) {
            case Link.Down(String message) -> new Reading.Unreadable(message);
            case Link.Up(Connection open) -> read(open, span);
        };
    }

    @Override
    public Ledger.Found find(String requestId) {
        return ask(
                open -> Lookup.find(open, requestId),
                Ledger.Found.None::new,
                Ledger.Found.Unreadable::new);
    }

    /// All that is written about one request.
    Ledger.Story story(String requestId) {
        return ask(
                open -> Lookup.story(open, requestId),
                Ledger.Story.None::new,
                Ledger.Story.Unreadable::new);
    }

    private interface Query<T> {
        T of(Connection open) throws SQLException;
    }

    private <T> T ask(Query<T> query, Supplier<T> none, Function<String, T> unreadable) {
        if (!Files.exists(file.path())) {
            return none.get();
        }
        return switch (file.reader()) {
            case Link.Down(String message) -> unreadable.apply(message);
            case Link.Up(Connection connection) -> {
                try (connection) {
                    yield query.of(connection);
                } catch (SQLException e) {
                    yield unreadable.apply(Complaint.of(file.path(), e));
                }
            }
        };
    }

    @Override
    public void close() {
        disconnect();
    }

    private Reading read(Connection open, Span span) {
        try (var handle = Jdbi.open(open)) {
            return new Reading.Found(handle.inTransaction(one -> new Sums(one, span).figures()));
        } catch (JdbiException e) {
            return e.getCause() instanceof SQLException fault
                    ? new Reading.Unreadable(Complaint.of(file.path(), fault))
                    : new Reading.Unreadable("The ledger " + file.path() + ": " + e.getMessage());
        }
    }

    private Optional<String> use(Connection open) {
        connection = open;
        identity = file.identity();
        try {
            open.setAutoCommit(false);
            inserts = new Inserts(open);
            return Optional.empty();
        } catch (SQLException e) {
            disconnect();
            return Optional.of(Complaint.of(file.path(), e));
        }
    }

    // SQLite would go on writing to a file that has been deleted, and all of it would be lost.
    private boolean moved() {
        return !Objects.equals(identity, file.identity());
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException _) {
                // What was not committed is rolled back when the file is next opened.
            }
        }
        connection = null;
        inserts = null;
    }
}
