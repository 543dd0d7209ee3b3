package dev.tierwise.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// JSON bytes as they came, with the places of its top-level fields, so that one field can be
/// exchanged and every other byte stays as it was. Printing it shows its size only.
///
/// Not a record: a record would hand out the array by value in `equals` and print the content.
public final class Body {
    /// Where the value of a field stands.
    ///
    /// @param start first byte of the value
    /// @param end the byte after its last
    public record Span(int start, int end) {}

    private final byte[] bytes;
    private final Map<String, Span> fields;

    /// Takes the array over; the caller must not change it afterwards.
    ///
    /// @param bytes one JSON object
    /// @param fields the span of each top-level value
    public Body(byte[] bytes, Map<String, Span> fields) {
        this.bytes = bytes;
        this.fields = new LinkedHashMap<>(fields);
    }

    /// Bytes whose fields nobody asks for, such as an answer.
    public Body(byte[] bytes) {
        this(bytes, Map.of());
    }

    /// The bytes; not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    /// The place of a top-level field's value, if the request has that field.
    public Optional<Span> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// How many top-level fields there are.
    public int fieldCount() {
        return fields.size();
    }

    @Override
    public String toString() {
        return "Body[" + bytes.length + " bytes]";
    }
}
