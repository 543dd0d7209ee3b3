-- Times are UTC milliseconds since 1970, spans of time microseconds, money billionths of a dollar.
-- NULL in a money column means "not known", which is never the same as 0.

CREATE TABLE request (
    number          INTEGER PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,
    at_ms           INTEGER NOT NULL,
    key             TEXT    NOT NULL,
    task            TEXT,
    max_tier        TEXT    NOT NULL,
    quality         REAL,
    data_class      TEXT    NOT NULL,
    requested_model TEXT    NOT NULL,
    tier            TEXT,
    model           TEXT,
    reason          TEXT    NOT NULL,
    input_tokens    INTEGER NOT NULL,
    cached_tokens   INTEGER NOT NULL,
    output_tokens   INTEGER NOT NULL,
    estimated       INTEGER NOT NULL,
    cost_nanos      INTEGER,
    baseline_model  TEXT,
    baseline_nanos  INTEGER,
    latency_us      INTEGER NOT NULL,
    first_byte_us   INTEGER,
    streamed        INTEGER NOT NULL,
    status          INTEGER NOT NULL,
    outcome         TEXT    NOT NULL
) STRICT;

CREATE INDEX request_at ON request (at_ms);

CREATE TABLE attempt (
    request_id       TEXT    NOT NULL,
    number           INTEGER NOT NULL,
    request_at_ms    INTEGER NOT NULL,
    model            TEXT    NOT NULL,
    upstream         TEXT    NOT NULL,
    tier             TEXT    NOT NULL,
    started_after_us INTEGER NOT NULL,
    took_us          INTEGER NOT NULL,
    first_byte_us    INTEGER,
    input_tokens     INTEGER NOT NULL,
    cached_tokens    INTEGER NOT NULL,
    output_tokens    INTEGER NOT NULL,
    estimated        INTEGER NOT NULL,
    cost_nanos       INTEGER,
    status           INTEGER NOT NULL,
    outcome          TEXT    NOT NULL,
    PRIMARY KEY (request_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempt_at ON attempt (request_at_ms);

CREATE TRIGGER request_not_updated BEFORE UPDATE ON request
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER request_not_deleted BEFORE DELETE ON request
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- INSERT OR REPLACE would delete the old row without firing the trigger above.
CREATE TRIGGER request_not_replaced BEFORE INSERT ON request
WHEN EXISTS (SELECT 1 FROM request WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM request WHERE number = NEW.number)
BEGIN
    SELECT RAISE(IGNORE);
END;

CREATE TRIGGER attempt_not_updated BEFORE UPDATE ON attempt
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER attempt_not_deleted BEFORE DELETE ON attempt
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER attempt_not_replaced BEFORE INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM attempt WHERE request_id = NEW.request_id AND number = NEW.number)
BEGIN
    SELECT RAISE(IGNORE);
END;
