package dev.tierwise.api;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Makes request ids: time first, so that they sort as they came (the layout of UUID version 7, RFC
/// 9562 §5.7, without dashes). Not secret and not meant to be.
final class RequestIds {
    private static final HexFormat HEX = HexFormat.of();

    private RequestIds() {}

    static String next(Instant at) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (at.toEpochMilli() << 16) | 0x7000L | (random.nextInt() & 0xFFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }
}
