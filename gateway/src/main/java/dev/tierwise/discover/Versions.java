package dev.tierwise.discover;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions such as `0.12.11` or `v0.33.0-rc2`, by their numbers.
final class Versions {
    private static final Pattern NUMBERS = Pattern.compile("v?(\\d{1,6}(?:\\.\\d{1,6}){0,3}).*");

    private Versions() {}

    /// Whether `version` is `least` or newer; false for what is no version.
    static boolean reaches(String version, String least) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        String[] has = numbers.group(1).split("\\.", -1);
        String[] needs = least.split("\\.", -1);
        for (int i = 0; i < Math.max(has.length, needs.length); i++) {
            int one = i < has.length ? Integer.parseInt(has[i]) : 0;
            int other = i < needs.length ? Integer.parseInt(needs[i]) : 0;
            if (one != other) {
                return one > other;
            }
        }
        return true;
    }
}
