package dev.tierwise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the packages of the product use, read from the constant pools of their class files. All
/// text constants count, so descriptors, generics and annotations do too. Names have slashes;
/// packages are taken one level deep: `wire.openai` is part of `wire`. Those of the engine, a
/// module of its own, are taken each by itself.
record PackageUse(Map<String, Set<String>> names) {
    private static final String ROOT = "dev/tierwise/";
    private static final String ENGINE = "engine/";

    /// Packages begin with a small letter, so the `L` before a name in a descriptor is left out.
    private static final Pattern NAME = Pattern.compile("[a-z]\\w*(/\\w+)*/[A-Z]\\w*");

    /// Reads all class files below `classes`.
    static PackageUse of(Path classes) {
        return of(List.of(classes));
    }

    /// Reads all class files below several folders.
    static PackageUse of(List<Path> folders) {
        var names = new TreeMap<String, Set<String>>();
        for (var classes : folders) {
            for (var file : Project.files(classes, ".class")) {
                var own = classes.relativize(file).toString().replace('\\', '/');
                names.computeIfAbsent(packageOf(own), _ -> new TreeSet<>()).addAll(namesIn(file));
            }
        }
        return new PackageUse(names);
    }

    /// The packages that have class files.
    Set<String> packages() {
        return names.keySet();
    }

    /// The packages of the product that each package uses, without itself.
    Map<String, Set<String>> imports() {
        var imports = new TreeMap<String, Set<String>>();
        names.forEach((name, used) ->
                imports.put(
                        name,
                        used.stream()
                                .filter(other -> other.startsWith(ROOT))
                                .map(PackageUse::packageOf)
                                .filter(Predicate.not(name::equals))
                                .collect(Collectors.toCollection(TreeSet::new))));
        return imports;
    }

    private static Set<String> namesIn(Path file) {
        try {
            var found = new TreeSet<String>();
            for (var entry : ClassFile.of().parse(file).constantPool()) {
                namesIn(entry).forEach(found::add);
            }
            return found;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<String> namesIn(PoolEntry entry) {
        if (entry instanceof Utf8Entry text) {
            return NAME.matcher(text.stringValue()).results().map(MatchResult::group);
        }
        if (entry instanceof MemberRefEntry member) {
            return Stream.of(member.owner().asInternalName() + "." + member.name().stringValue());
        }
        return Stream.empty();
    }

    private static String packageOf(String name) {
        var inside = name.substring(ROOT.length());
        if (inside.startsWith(ENGINE)) {
            return "engine."
                    + inside.substring(ENGINE.length(), inside.indexOf('/', ENGINE.length()));
        }
        return inside.contains("/") ? inside.substring(0, inside.indexOf('/')) : "";
    }
}
