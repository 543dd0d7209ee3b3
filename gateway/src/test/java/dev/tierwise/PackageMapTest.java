package dev.tierwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the class files to the package table in `docs/ARCHITECTURE.md`, and tries the gate itself
/// on planted violations.
class PackageMapTest {
    private static final PackageTable TABLE =
            PackageTable.read(Project.ROOT.resolve("docs/ARCHITECTURE.md"));

    @TempDir private Path folder;

    @Test
    void importsFollowTheTable() {
        assertThat(TABLE.violations(PackageUse.of(Project.CLASSES))).isEmpty();
    }

    @Test
    void tableNamesThePackagesThatThereAre() {
        assertThat(TABLE.packages()).isEqualTo(PackageUse.of(Project.CLASSES).packages());
    }

    @Test
    void tableAllowsOnlyPackagesThatItNames() {
        assertThat(TABLE.allowed().values())
                .allSatisfy(imports -> assertThat(TABLE.packages()).containsAll(imports));
    }

    @Test
    void packagesFormNoCycle() {
        assertThat(Cycles.in(PackageUse.of(Project.CLASSES).imports())).isEmpty();
        assertThat(Cycles.in(TABLE.allowed())).isEmpty();
    }

    @Test
    void forbiddenImportIsSeen() throws IOException {
        plant("core", "Word", "");
        plant("route", "Plan", "final dev.tierwise.call.Model model = null;");
        plant("call", "Model", "");

        assertThat(violations()).containsExactly("route uses call, which the table does not allow");
    }

    @Test
    void importInsideAMethodBodyIsSeen() throws IOException {
        plant(
                "flow",
                "Path",
                "public static Object open() { return new dev.tierwise.flow.Path(); }");
        plant("core", "Word", "Object word() { return dev.tierwise.flow.Path.open(); }");

        assertThat(violations()).containsExactly("core uses flow, which the table does not allow");
    }

    @Test
    void socketOutsideTheTwoDoorsIsSeen() throws IOException {
        plant("route", "Phone", "Object call() { return new java.net.Socket(); }");
        plant(
                "call",
                "Server",
                "Object open() throws Exception { return new java.net.ServerSocket(1); }");
        plant(
                "ledger",
                "Web",
                "Object open(java.net.URL url) throws Exception { return url.openStream(); }");

        assertThat(violations())
                .containsExactly(
                        "call listens (java/net/ServerSocket) without net-in in the table",
                        "ledger opens outgoing connections (java/net/URL.openStream) without net-out in the table",
                        "route opens outgoing connections (java/net/Socket) without net-out in the table");
    }

    @Test
    void writingToTheDiskOutsideDiskPackagesIsSeen() throws IOException {
        plant(
                "route",
                "Notes",
                "void keep(java.nio.file.Path file) throws Exception"
                        + " { java.nio.file.Files.writeString(file, \"\"); }");

        assertThat(violations())
                .containsExactly(
                        "route uses the disk (java/nio/file/Files) without disk in the table");
    }

    @Test
    void cycleIsSeen() {
        var imports =
                Map.of("core", Set.of("wire"), "wire", Set.of("guard"), "guard", Set.of("core"));

        assertThat(Cycles.in(imports)).containsExactly("core", "guard", "wire");
    }

    /// Compiles what was planted and holds it to the table.
    private List<String> violations() {
        var classes = folder.resolve("classes");
        var command = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        Project.files(folder, ".java").forEach(file -> command.add(file.toString()));
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, command.toArray(String[]::new))).isZero();
        return TABLE.violations(PackageUse.of(classes));
    }

    private void plant(String name, String type, String member) throws IOException {
        var file = folder.resolve("dev/tierwise/" + name + "/" + type + ".java");
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(
                file,
                "package dev.tierwise.%s; public class %s { %s }".formatted(name, type, member));
    }
}
