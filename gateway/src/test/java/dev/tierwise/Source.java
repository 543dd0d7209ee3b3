package dev.tierwise;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.util.Elements.DocCommentKind;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// One parsed Java file, with what the gates count in it.
record Source(Path file, String packageName, int lines, List<Piece> pieces) {

    /// A type or a method: where it is, how long, how visible and whether a `///` comment stands
    /// before it. `apparent` means that all who can see the file's package can be outside of it.
    record Piece(
            String name, int lines, boolean type, boolean top, boolean apparent, boolean told) {}

    /// Parses all files below `folder`.
    static List<Source> below(Path folder) {
        var files = Project.files(folder, ".java");
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        var units = manager.getJavaFileObjectsFromPaths(files);
        var task =
                (JavacTask)
                        compiler.getTask(null, manager, null, List.of("-proc:none"), null, units);
        var trees = DocTrees.instance(task);
        var sources = new ArrayList<Source>();
        try {
            for (var unit : task.parse()) {
                sources.add(read(folder, unit, trees));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return sources;
    }

    /// The pieces as `file: name`.
    String place(Piece piece) {
        return file + ": " + piece.name();
    }

    private static Source read(Path folder, CompilationUnitTree unit, DocTrees trees)
            throws IOException {
        var path = Path.of(unit.getSourceFile().toUri());
        var pieces = new ArrayList<Piece>();
        new Reader(trees, pieces).scan(unit, true);
        var name = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        int lines = Files.readAllLines(path).size();
        return new Source(folder.relativize(path), name, lines, List.copyOf(pieces));
    }

    /// Walks a file; the second argument says whether everything around the place is public.
    private static final class Reader extends TreePathScanner<@Nullable Void, Boolean> {
        private final DocTrees trees;
        private final List<Piece> pieces;

        Reader(DocTrees trees, List<Piece> pieces) {
            this.trees = trees;
            this.pieces = pieces;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, Boolean around) {
            boolean apparent = around && isPublic(type.getModifiers().getFlags());
            if (!type.getSimpleName().isEmpty()) {
                add(type.getSimpleName().toString(), type, apparent);
            }
            return super.visitClass(type, apparent);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, Boolean around) {
            var name = method.getName().toString();
            boolean isConstructor = name.equals("<init>"); // the type's comment speaks for it
            boolean inherits =
                    method.getModifiers().getAnnotations().stream()
                            .anyMatch(it -> it.getAnnotationType().toString().equals("Override"));
            boolean apparent =
                    around
                            && !inherits
                            && !isConstructor
                            && isPublic(method.getModifiers().getFlags());
            add(name, method, apparent);
            return super.visitMethod(method, false);
        }

        /// What stands in an interface is public without the word.
        private boolean isPublic(Set<Modifier> flags) {
            TreePath parent = getCurrentPath().getParentPath();
            return flags.contains(Modifier.PUBLIC)
                    || (parent.getLeaf().getKind() == Tree.Kind.INTERFACE
                            && !flags.contains(Modifier.PRIVATE));
        }

        private void add(String name, Tree tree, boolean apparent) {
            var path = getCurrentPath();
            boolean type = tree instanceof ClassTree;
            boolean top = type && path.getParentPath().getLeaf() instanceof CompilationUnitTree;
            boolean told = trees.getDocCommentKind(path) == DocCommentKind.END_OF_LINE;
            pieces.add(new Piece(name, lines(tree), type, top, apparent, told));
        }

        private int lines(Tree tree) {
            var unit = getCurrentPath().getCompilationUnit();
            var positions = trees.getSourcePositions();
            long start = positions.getStartPosition(unit, tree);
            long end = positions.getEndPosition(unit, tree);
            if (start < 0 || end < 0) {
                return 0; // made by the compiler
            }
            var map = unit.getLineMap();
            return Math.toIntExact(map.getLineNumber(end) - map.getLineNumber(start) + 1);
        }
    }
}
