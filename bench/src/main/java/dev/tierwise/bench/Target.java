package dev.tierwise.bench;

/// Something that load is put on.
///
/// @param name how tables call it
/// @param process whose CPU time and memory count; of the mock itself where nothing stands between
/// @param port where it listens on loopback
/// @param model the `model` that its requests name
/// @param answerBytes body bytes of its whole answer
record Target(String name, Child process, int port, String model, long answerBytes) {
    static final String DIRECT = "direct";
    static final String NGINX = "nginx proxy";
    static final String RELAY = "Netty relay";
    static final String PASS = "Tierwise, named model";
    static final String QUIET = "Tierwise, named model, no request log";
    static final String AUTO = "Tierwise, `auto`";
}
