package dev.tierwise.experience;

import java.util.HexFormat;

/// Numbers that describe a prompt, held to one byte each: steps of 1/32 from -4 to 4. So they are
/// the same in memory and after a restart, and take little room.
final class Traits {
    private static final double STEPS = 32;
    private static final HexFormat HEX = HexFormat.of();

    private Traits() {}

    static byte[] packed(double[] traits) {
        byte[] packed = new byte[traits.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (byte) Math.clamp(Math.round(traits[i] * STEPS), -127, 127);
        }
        return packed;
    }

    static double[] unpacked(byte[] packed) {
        double[] traits = new double[packed.length];
        for (int i = 0; i < packed.length; i++) {
            traits[i] = packed[i] / STEPS;
        }
        return traits;
    }

    /// The same numbers, as they come back from their bytes.
    static double[] rounded(double[] traits) {
        return unpacked(packed(traits));
    }

    static String text(double[] traits) {
        return HEX.formatHex(packed(traits));
    }

    static double[] read(String text) {
        return unpacked(HEX.parseHex(text));
    }
}
