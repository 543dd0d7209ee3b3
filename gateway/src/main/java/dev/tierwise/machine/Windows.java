package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Processor and memory of a machine with Windows, by PowerShell. Of graphics only names are read:
/// what Windows says of their memory (`AdapterRAM`) ends at 4 GiB.
final class Windows {
    private static final String QUESTION =
            "$o=Get-CimInstance Win32_OperatingSystem;"
                    + "'memory='+$o.TotalVisibleMemorySize;'available='+$o.FreePhysicalMemory;"
                    + "$p=@(Get-CimInstance Win32_Processor);'processor='+$p[0].Name;"
                    + "'cores='+($p|Measure-Object NumberOfLogicalProcessors -Sum).Sum;"
                    + "Get-CimInstance Win32_VideoController|%{'graphics='+$_.Name}";
    private static final String NAME = "graphics=";

    private Windows() {}

    /// Processor and memory, and the names of the graphics.
    record Answer(Host host, List<String> graphics) {}

    static Answer read(Recorder probes) {
        var notes = new ArrayList<String>();
        Probes.Reading reading =
                probes.run("powershell", "-NoProfile", "-NonInteractive", "-Command", QUESTION);
        String text = reading instanceof Probes.Reading.Said(_, String said) ? said : "";
        Map<String, String> values = Readings.pairs(text, '=');
        Figure memory =
                Readings.figure(
                        values.get("memory"), 1024, "Win32_OperatingSystem TotalVisibleMemorySize");
        Figure available =
                Readings.figure(
                        values.get("available"), 1024, "Win32_OperatingSystem FreePhysicalMemory");
        if (memory == null || available == null) {
            notes.add(
                    "PowerShell did not say the main memory in time: say it with --ram 64G, and the"
                            + " processors with --cores 8");
        }
        var host =
                new Host(
                        values.getOrDefault("processor", ""),
                        memory,
                        available,
                        null,
                        (int) Math.min(Readings.whole(values.get("cores")).orElse(0), 1 << 16),
                        notes);
        List<String> graphics =
                text.lines()
                        .filter(line -> line.startsWith(NAME))
                        .map(line -> line.substring(NAME.length()).strip())
                        .filter(name -> !name.isEmpty())
                        .toList();
        return new Answer(host, graphics);
    }

    /// Says which graphics were seen but not read, where there is no card that was.
    static void describe(Answer answer, Part part) {
        for (String name : answer.graphics()) {
            if (!part.hasCard() && !Words.within(Words.plain(name), "nvidia")) {
                part.noteByHand(
                        "the memory of " + name + " is not read on Windows, if it has its own");
            }
        }
    }
}
