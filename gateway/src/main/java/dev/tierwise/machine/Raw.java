package dev.tierwise.machine;

import java.util.List;
import java.util.regex.Pattern;

/// All that was asked of a machine and what it said, for reports of faults: `./tw doctor --raw`.
/// Its text is also what the tests of this package replay, so that a report can become a test as it
/// stands. It holds no environment variables; the user's folder and serial numbers are blotted out.
///
/// @param system the operating system
/// @param entries in order of what was asked
public record Raw(String system, List<Entry> entries) {
    private static final int LONGEST = 12 << 10;
    private static final Pattern PRIVATE =
            Pattern.compile("(?i)^(.*(?:serial|uuid)[^:=]*[:=]).*$", Pattern.MULTILINE);

    public Raw {
        entries = List.copyOf(entries);
    }

    /// One thing that was asked.
    ///
    /// @param asked `$` and a command, `<` and a file, or `%` and a folder
    /// @param outcome how it went: `exit 0`, `not found`, `read`, …
    /// @param text what came of it; may be empty
    public record Entry(String asked, String outcome, String text) {}

    /// The whole as text: for each entry what was asked, `= ` and how it went, and the lines that
    /// came of it after `| `.
    public String text() {
        var page = new StringBuilder("system: ").append(system).append('\n');
        for (Entry entry : entries) {
            page.append('\n').append(entry.asked()).append("\n= ");
            page.append(entry.outcome()).append('\n');
            String text = bounded(withoutPrivate(entry.text()));
            text.lines().forEach(line -> page.append("| ").append(line).append('\n'));
        }
        return page.toString();
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "\n… (" + (text.length() - LONGEST) + " more)";
    }

    private static String withoutPrivate(String text) {
        String home = System.getProperty("user.home", "");
        String plain = home.length() > 1 ? text.replace(home, "~") : text;
        return PRIVATE.matcher(plain).replaceAll("$1 …");
    }
}
