package dev.tierwise.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// A network in CIDR notation (RFC 4632), such as `10.20.0.0/24`.
///
/// @param text the notation
record Network(String text) {
    /// Whether `peer`, in figures, lies in it.
    boolean holds(String peer) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        InetAddress base = address(text.substring(0, slash));
        InetAddress other = address(peer);
        String digits = text.substring(slash + 1);
        if (base == null || other == null || !digits.matches("\\d{1,3}")) {
            return false;
        }
        byte[] a = base.getAddress();
        byte[] b = other.getAddress();
        int bits = Integer.parseInt(digits);
        if (a.length != b.length || bits > a.length * 8) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// The address that figures stand for; null for names, which are never looked up here.
    static @Nullable InetAddress address(String figures) {
        boolean plain =
                figures.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                        || figures.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?");
        if (!plain) {
            return null;
        }
        try {
            return InetAddress.getByName(figures.replaceFirst("%\\w+$", ""));
        } catch (UnknownHostException _) {
            return null;
        }
    }
}
