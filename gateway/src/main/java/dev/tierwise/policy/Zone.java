package dev.tierwise.policy;

import java.net.InetAddress;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where models run, as far as it matters who may see data there.
///
/// @param name its name
/// @param kind whose machines these are
/// @param jurisdiction where they are, such as `US` or `DE`; empty when not known
/// @param contract under which data may go there; null for none
/// @param hosts the hosts, addresses and networks (CIDR, RFC 4632) that belong to it; empty leaves
///   that to the configuration of upstreams
public record Zone(
        String name,
        Kind kind,
        String jurisdiction,
        @Nullable Contract contract,
        List<String> hosts) {
    /// This machine.
    public static final Zone HOST = new Zone("host", Kind.LOCAL, "", null, List.of());

    /// Every hosted model of which the configuration says no more.
    public static final Zone CLOUD = new Zone("cloud", Kind.CLOUD, "", null, List.of());

    /// States of the European Economic Area (ISO 3166), `EU` and `EEA` themselves.
    private static final Set<String> EEA =
            Set.of(
                    ("EU EEA AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK"
                                    + " SI ES SE IS LI NO")
                            .split(" "));

    public Zone {
        hosts = List.copyOf(hosts);
    }

    /// Whose machines.
    public enum Kind {
        /// The operator's own.
        LOCAL,
        /// Somebody else's.
        CLOUD
    }

    /// Whether it can be used on `day`: a contract that has run out closes its zone.
    public boolean open(LocalDate day) {
        return contract == null || contract.holds(day);
    }

    /// Whether it lies in the European Economic Area.
    public boolean inEea() {
        return EEA.contains(jurisdiction);
    }

    /// Whether a connection to `host` that ends at the address `peer` stays in this zone. The zone
    /// of this machine is left by any address that is not its own, whatever name led there.
    ///
    /// @param host host and port as they were asked for
    /// @param peer an address in figures
    public boolean admits(String host, String peer) {
        if (name.equals(HOST.name())) {
            return isLoopback(peer);
        }
        if (hosts.isEmpty()) {
            return kind == Kind.CLOUD || isPrivate(peer);
        }
        String bare = host.replaceFirst(":\\d+$", "");
        return hosts.stream()
                .anyMatch(known ->
                        known.equals(host)
                                || known.equals(bare)
                                || known.equals(peer)
                                || new Network(known).holds(peer));
    }

    /// Whether it can only be this machine: the one of that name, and those of which all hosts are
    /// addresses of this machine's own.
    public boolean isHere() {
        return name.equals(HOST.name())
                || (kind == Kind.LOCAL
                        && !hosts.isEmpty()
                        && hosts.stream()
                                .map(host -> host.replaceFirst("(?<=^[^:]{1,99}):\\d+$", ""))
                                .allMatch(host -> host.equals("localhost") || isLoopback(host)));
    }

    /// Whether an address in figures is this machine's own.
    public static boolean isLoopback(String peer) {
        InetAddress address = Network.address(peer);
        return address != null && address.isLoopbackAddress();
    }

    /// Loopback, or a network of one's own (RFC 1918, RFC 4193, link-local).
    private static boolean isPrivate(String peer) {
        InetAddress address = Network.address(peer);
        return address != null
                && (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || (address.getAddress().length == 16
                                && (address.getAddress()[0] & 0xFE) == 0xFC));
    }
}
