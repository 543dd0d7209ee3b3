package dev.tierwise.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A line of a segment, read as far as its kind: the fixed beginning `{"seq":1,"prev":"…","time":
/// "…","kind":"…"`. One object goes from line to line; a visitor keeps nothing of it.
final class Line {
    static final byte[] SEQUENCE = ascii("{\"seq\":");
    static final byte[] PREVIOUS = ascii(",\"prev\":\"");
    static final byte[] TIME = ascii("\",\"time\":\"");
    static final byte[] KIND = ascii("\",\"kind\":\"");
    private static final int LONGEST_KIND = 16;

    /// What comes after the sequence number at least: a kind of one letter and the brace.
    private static final int REST =
            PREVIOUS.length + Digest.HEX + TIME.length + Moment.LENGTH + KIND.length + 3;

    private byte[] bytes = new byte[0];
    private int from;
    private int end;
    private String file = "";
    private long number;
    private long sequence;
    private int timeAt;
    private int kindAt;
    private int kindEnd;
    private final byte[] previous = new byte[Digest.BYTES];

    /// Takes the bytes of a line.
    ///
    /// @return whether they begin as a line does and end with a brace
    boolean set(byte[] buffer, int begin, int stop) {
        bytes = buffer;
        from = begin;
        end = stop;
        int at = begin + SEQUENCE.length;
        if (end - from < SEQUENCE.length + 1 + REST
                || bytes[end - 1] != '}'
                || !stands(SEQUENCE, from)) {
            return false;
        }
        long value = 0;
        int digits = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 18) {
            value = value * 10 + bytes[at++] - '0';
        }
        sequence = value;
        if (at == digits || bytes[digits] == '0' || end - at < REST || !stands(PREVIOUS, at)) {
            return false;
        }
        at += PREVIOUS.length;
        if (!Digest.read(bytes, at, previous) || !stands(TIME, at + Digest.HEX)) {
            return false;
        }
        timeAt = at + Digest.HEX + TIME.length;
        if (!stands(KIND, timeAt + Moment.LENGTH)) {
            return false;
        }
        kindAt = timeAt + Moment.LENGTH + KIND.length;
        kindEnd = kindAt;
        while (kindEnd < end && kindEnd - kindAt < LONGEST_KIND && bytes[kindEnd] != '"') {
            kindEnd++;
        }
        return bytes[kindEnd] == '"' && kindEnd > kindAt;
    }

    void place(String segment, long lineNumber) {
        file = segment;
        number = lineNumber;
    }

    String file() {
        return file;
    }

    long number() {
        return number;
    }

    long sequence() {
        return sequence;
    }

    /// The hash that the line names as that of the line before; valid until the next line.
    byte[] previous() {
        return previous;
    }

    /// The line's own hash, if the line before has the hash that it names.
    void hash(Digest digest, byte[] into) {
        System.arraycopy(previous, 0, into, 0, Digest.BYTES);
        digest.next(into, bytes, from, end - from);
    }

    /// The line's hash, if it named `right` as the hash before it.
    void mended(Digest digest, byte[] right, byte[] into) {
        byte[] copy = Arrays.copyOfRange(bytes, from, end);
        Digest.hex(right, copy, timeAt - TIME.length - Digest.HEX - from);
        System.arraycopy(right, 0, into, 0, Digest.BYTES);
        digest.next(into, copy, 0, copy.length);
    }

    String time() {
        return new String(bytes, timeAt, Moment.LENGTH, StandardCharsets.US_ASCII);
    }

    /// How its time compares with `moment`, which is written in the same form.
    int compareTime(byte[] moment) {
        return Arrays.compareUnsigned(
                bytes, timeAt, timeAt + Moment.LENGTH, moment, 0, Moment.LENGTH);
    }

    boolean is(byte[] kind) {
        return Arrays.equals(bytes, kindAt, kindEnd, kind, 0, kind.length);
    }

    Optional<AuditRecord> record() {
        return RecordReader.read(bytes, from, end - from);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean stands(byte[] text, int at) {
        return at + text.length <= end
                && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }
}
