package dev.tierwise.app;

import dev.tierwise.detect.tag.Tagger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the detector was taught, read from the files that the configuration names.
///
/// @param taggers what was read
/// @param problems files that cannot be used, each with its remedy
record Taught(List<Tagger> taggers, List<String> problems) {
    static Taught of(List<Path> files) {
        var taggers = new ArrayList<Tagger>();
        var problems = new ArrayList<String>();
        for (Path file : files) {
            switch (Tagger.read(file)) {
                case Tagger.Made.Good(Tagger tagger) -> taggers.add(tagger);
                case Tagger.Made.Bad(String message) ->
                        problems.add("policy.taggers: " + file + ": " + message);
            }
        }
        return new Taught(taggers, problems);
    }
}
