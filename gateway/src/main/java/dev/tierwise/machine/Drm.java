package dev.tierwise.machine;

import java.util.List;
import java.util.regex.Pattern;

/// Graphics as Linux lists them, whatever driver they have.
final class Drm {
    private static final String FOLDER = "/sys/class/drm";
    private static final Pattern CARD = Pattern.compile("card\\d+");

    private Drm() {}

    /// The folders of the chips of one maker, such as `/sys/class/drm/card0/device/`.
    ///
    /// @param vendor its PCI number, such as `0x1002`
    static List<String> cards(Recorder probes, String vendor) {
        return probes.list(FOLDER).stream()
                .filter(name -> CARD.matcher(name).matches())
                .map(name -> FOLDER + "/" + name + "/device/")
                .filter(folder -> text(probes, folder + "vendor").equals(vendor))
                .toList();
    }

    /// What a file says, without the end of its line; empty when it is not there.
    static String text(Recorder probes, String file) {
        return probes.read(file).orElse("").strip();
    }
}
