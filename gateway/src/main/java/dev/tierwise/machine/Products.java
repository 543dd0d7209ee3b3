package dev.tierwise.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Cards, chips and machines that can be bought, with the sizes of memory that they come in, out of
/// `products.tsv`.
final class Products {
    private static final List<Product> ALL =
            Words.rows("products.tsv", 6).stream().map(Product::of).toList();

    /// Words that tell nothing apart.
    private static final Set<String> FILLING =
            Set.of(
                    "nvidia",
                    "geforce",
                    "rtx",
                    "gtx",
                    "quadro",
                    "tesla",
                    "amd",
                    "radeon",
                    "rx",
                    "instinct",
                    "apple",
                    "mac",
                    "macbook",
                    "imac",
                    "studio",
                    "mini",
                    "air",
                    "chip",
                    "gpu",
                    "card",
                    "graphics",
                    "silicon",
                    "generation",
                    "with",
                    "unified",
                    "memory");

    /// How its memory is used.
    enum Use {
        CARD,
        SHARED,
        METAL
    }

    /// One product.
    ///
    /// @param sizes of its memory, in gigabytes (powers of two)
    /// @param shown what the system shows of it, in bytes; 0 where that is all
    record Product(
            String name,
            Use use,
            List<Integer> sizes,
            double shown,
            List<String> others,
            String source) {
        static Product of(String[] cells) {
            Use use =
                    switch (cells[1]) {
                        case "discrete" -> Use.CARD;
                        case "unified" -> Use.SHARED;
                        case "apple" -> Use.METAL;
                        default -> throw new IllegalStateException("no such kind: " + cells[1]);
                    };
            return new Product(
                    cells[0],
                    use,
                    Arrays.stream(cells[2].split(",", -1)).map(Integer::valueOf).toList(),
                    cells[3].isEmpty() ? 0 : Double.parseDouble(cells[3]) * Size.GIB,
                    cells[4].isEmpty() ? List.of() : List.of(cells[4].split("; ", -1)),
                    cells[5]);
        }

        /// The name under which bandwidths are listed.
        String listed() {
            return Stream.concat(Stream.of(name), others.stream())
                    .filter(it -> Bandwidths.of(it, 0).isPresent())
                    .findFirst()
                    .orElse(name);
        }

        private boolean isCalled(String bare) {
            return Stream.concat(Stream.of(name), others.stream())
                    .anyMatch(it -> bare(it).equals(bare));
        }
    }

    private Products() {}

    /// The product of that name, if there is one.
    static Optional<Product> named(String name) {
        String bare = bare(name);
        return ALL.stream().filter(it -> !bare.isEmpty() && it.isCalled(bare)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Product::name).toList();
    }

    /// Which of these names is that of a product with such a memory, in the table's spelling.
    static Optional<String> among(String[] names, double memory) {
        int gigabytes = (int) Math.round(memory / Size.GIB);
        return Arrays.stream(names)
                .flatMap(name -> named(name).stream())
                .filter(product -> product.sizes().contains(gigabytes))
                .map(Product::name)
                .findFirst();
    }

    /// The words that tell products apart.
    private static String bare(String name) {
        String plain = Words.plain(name).replaceAll("\\b(macbook|mac) pro\\b", "mac");
        return Stream.of(plain.split(" ", -1))
                .filter(word -> !FILLING.contains(word))
                .reduce("", (a, b) -> a.isEmpty() ? b : a + " " + b);
    }
}
