-- What was thought of answers: by the gateway before it let them go, and by those who asked.

CREATE TABLE verdict (
    request_id    TEXT    NOT NULL,
    number        INTEGER NOT NULL,
    request_at_ms INTEGER NOT NULL,
    model         TEXT    NOT NULL,
    probability   REAL,
    action        TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    second_model  TEXT,
    agreed        INTEGER,
    held_us       INTEGER,
    PRIMARY KEY (request_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX verdict_at ON verdict (request_at_ms);

-- A later row of the same request takes the place of an earlier one.
CREATE TABLE feedback (
    number     INTEGER PRIMARY KEY,
    request_id TEXT    NOT NULL,
    at_ms      INTEGER NOT NULL,
    key        TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    score      REAL    NOT NULL,
    model      TEXT,
    tier       TEXT
) STRICT;

CREATE INDEX feedback_at ON feedback (at_ms);

CREATE INDEX feedback_request ON feedback (request_id);

-- What the decision was made of: candidates with what was expected of each, and vetoes, as JSON.
CREATE TABLE outlook (
    request_id    TEXT    PRIMARY KEY,
    request_at_ms INTEGER NOT NULL,
    text          TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER outlook_not_updated BEFORE UPDATE ON outlook
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER outlook_not_deleted BEFORE DELETE ON outlook
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER outlook_not_replaced BEFORE INSERT ON outlook
WHEN EXISTS (SELECT 1 FROM outlook WHERE request_id = NEW.request_id)
BEGIN
    SELECT RAISE(IGNORE);
END;

CREATE TRIGGER verdict_not_updated BEFORE UPDATE ON verdict
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER verdict_not_deleted BEFORE DELETE ON verdict
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER verdict_not_replaced BEFORE INSERT ON verdict
WHEN EXISTS (SELECT 1 FROM verdict WHERE request_id = NEW.request_id AND number = NEW.number)
BEGIN
    SELECT RAISE(IGNORE);
END;

CREATE TRIGGER feedback_not_updated BEFORE UPDATE ON feedback
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER feedback_not_deleted BEFORE DELETE ON feedback
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- A batch whose commit was in doubt is written again.
CREATE TRIGGER feedback_not_replaced BEFORE INSERT ON feedback
WHEN EXISTS (SELECT 1 FROM feedback WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM feedback
        WHERE request_id = NEW.request_id AND at_ms = NEW.at_ms AND kind = NEW.kind
            AND score = NEW.score)
BEGIN
    SELECT RAISE(IGNORE);
END;
