package dev.tierwise.e2e;

import dev.tierwise.fakes.Fault;
import java.util.List;

/// What one fault must come to for a client without a fallback.
///
/// @param end how the client's answer ends
/// @param status what ledger and, where no byte was sent before, client say
/// @param code the error's code; `ok` for none
/// @param tries how often the upstream is asked
record Expected(End end, int status, String code, int tries) {
    /// How a client's answer ends.
    enum End {
        /// A good answer.
        WHOLE,
        /// An error in place of an answer.
        ERROR,
        /// An error event in mid-stream, then a broken connection.
        BROKEN
    }

    /// One cell of the matrix.
    ///
    /// @param fault what goes wrong
    /// @param stream whether the client wants a stream
    /// @param dialect what the upstream speaks: `openai` or `ollama`
    record Case(Fault fault, boolean stream, String dialect) {
        static List<Case> all() {
            var all = new java.util.ArrayList<Case>();
            for (Fault fault : Fault.values()) {
                for (String dialect : List.of("openai", "ollama")) {
                    all.add(new Case(fault, true, dialect));
                    all.add(new Case(fault, false, dialect));
                }
            }
            return all;
        }

        @Override
        public String toString() {
            return fault.word() + ", " + (stream ? "stream" : "whole") + ", " + dialect;
        }
    }

    private static final Expected GOOD = new Expected(End.WHOLE, 200, "ok", 1);

    private static Expected error(int status, String code, int tries) {
        return new Expected(End.ERROR, status, code, tries);
    }

    private static Expected broken(int status, String code) {
        return new Expected(End.BROKEN, status, code, 1);
    }

    static Expected of(Case cell) {
        return switch (cell.fault()) {
            case NONE, SLOW_STREAM, HUGE -> GOOD;
            case REFUSE -> error(502, "upstream_refused", 2);
            case CLOSE -> error(502, "upstream_cut", 2);
            case TOO_MANY_WITH_RETRY_AFTER, TOO_MANY -> error(429, "rate_limit_exceeded", 2);
            case SERVER_ERROR, HTML_ERROR_PAGE -> error(502, "upstream_server_error", 2);
            case BAD_REQUEST -> error(400, "upstream_rejected", 1);
            case UNAUTHORIZED -> error(502, "upstream_credentials", 1);
            case MODEL_NOT_FOUND -> error(502, "upstream_model_missing", 1);
            case HANG_BEFORE_HEAD, HANG_BEFORE_FIRST_EVENT ->
                    error(504, "upstream_timeout_first_byte", 1);
            case EMPTY_BODY -> error(502, "upstream_garbled", 2);
            case HANG_MID_STREAM ->
                    cell.stream()
                            ? broken(504, "upstream_timeout_idle")
                            : error(504, "upstream_timeout_idle", 1);
            case CUT_MID_STREAM ->
                    cell.stream() ? broken(502, "upstream_cut") : error(502, "upstream_cut", 2);
            case CLEAN_END_WITHOUT_DONE ->
                    cell.stream() ? broken(502, "upstream_cut") : error(502, "upstream_garbled", 2);
            // Ollama's last line says both that it is done and why: without it nothing is whole
            case MISSING_DONE ->
                    cell.stream() && cell.dialect().equals("ollama")
                            ? broken(502, "upstream_cut")
                            : GOOD;
            case MALFORMED_SSE ->
                    cell.stream()
                            ? broken(502, "upstream_garbled")
                            : error(502, "upstream_garbled", 2);
            case ERROR_EVENT ->
                    cell.stream()
                            ? broken(502, "upstream_server_error")
                            : error(502, "upstream_server_error", 2);
            case TRUNCATED_JSON ->
                    cell.stream() ? broken(502, "upstream_cut") : error(502, "upstream_garbled", 2);
            case WRONG_CONTENT_TYPE -> cell.stream() ? error(502, "upstream_garbled", 2) : GOOD;
        };
    }
}
