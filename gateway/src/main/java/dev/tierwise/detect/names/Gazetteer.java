package dev.tierwise.detect.names;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// First names, last names and common words as fingerprints: 16 bits a word, of which three say
/// which lists it is in. About one unknown word in a few thousand is taken for a known one.
/// Immutable.
public final class Gazetteer {
    /// In the list of first names.
    public static final int FIRST = 1;

    /// In the list of last names.
    public static final int LAST = 2;

    /// In the list of words that are no names.
    public static final int COMMON = 4;

    static final int MAGIC = 0x5457475A;
    private static final int HEADER = 16;
    private static final Gazetteer SHIPPED = load();

    private final short[] slots;

    Gazetteer(short[] slots) {
        this.slots = slots;
    }

    /// The lists that come with the product.
    public static Gazetteer shipped() {
        return SHIPPED;
    }

    /// Which lists a word is in: a sum of [#FIRST], [#LAST] and [#COMMON].
    ///
    /// @param hash the word's, as [Tokens#hash(CharSequence)] makes it
    public int lists(long hash) {
        int mask = slots.length - 1;
        int at = (int) hash & mask;
        int mark = mark(hash);
        while (slots[at] != 0) {
            if ((slots[at] & 0xFFF8) == mark) {
                return slots[at] & 7;
            }
            at = (at + 1) & mask;
        }
        return 0;
    }

    /// Puts a word into the slots of a table that is being built.
    static void put(short[] slots, long hash, int list) {
        int mask = slots.length - 1;
        int at = (int) hash & mask;
        int mark = mark(hash);
        while (slots[at] != 0 && (slots[at] & 0xFFF8) != mark) {
            at = (at + 1) & mask;
        }
        slots[at] = (short) (slots[at] | mark | list);
    }

    /// A table as the bytes of a file.
    static byte[] bytes(short[] slots) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + 2 * slots.length);
        bytes.putInt(MAGIC).putInt(1).putInt(slots.length).putInt(0);
        for (short slot : slots) {
            bytes.putShort(slot);
        }
        bytes.putInt(12, sum(bytes.array()));
        return bytes.array();
    }

    private static int mark(long hash) {
        return (int) (hash >>> 40) & 0xFFF8;
    }

    private static int sum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes, HEADER, bytes.length - HEADER);
        return (int) sum.getValue();
    }

    private static Gazetteer load() {
        try (InputStream in = Gazetteer.class.getResourceAsStream("gazetteer.bin")) {
            if (in == null) {
                return new Gazetteer(new short[8]);
            }
            byte[] all = in.readAllBytes();
            ByteBuffer bytes = ByteBuffer.wrap(all);
            if (bytes.getInt() != MAGIC
                    || bytes.getInt() != 1
                    || bytes.getInt() * 2 != all.length - HEADER
                    || bytes.getInt() != sum(all)) {
                throw new IllegalStateException("gazetteer.bin in the jar is damaged");
            }
            short[] slots = new short[(all.length - HEADER) / 2];
            bytes.asShortBuffer().get(slots);
            return new Gazetteer(slots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
