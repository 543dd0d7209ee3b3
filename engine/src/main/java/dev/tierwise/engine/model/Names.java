package dev.tierwise.engine.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The names of a layer's matrices, made once: a step asks for them and must allocate nothing.
final class Names {
    private static final Map<String, String[]> KNOWN = new ConcurrentHashMap<>();
    private static final int MOST = 1024;

    private Names() {}

    static String of(int layer, String what) {
        return KNOWN.computeIfAbsent(what, Names::all)[layer];
    }

    private static String[] all(String what) {
        String[] names = new String[MOST];
        for (int layer = 0; layer < MOST; layer++) {
            names[layer] = "blk." + layer + "." + what + ".weight";
        }
        return names;
    }
}
