package dev.tierwise.machine;

import dev.tierwise.core.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads descriptions such as `2x RTX 3090` and `M5 Pro 48G`.
final class ByName {
    private static final Pattern TIMES = Pattern.compile("(\\d{1,2})\\s*[xX×]\\s+(.*)");
    private static final Pattern SIZE =
            Pattern.compile(
                    "(?<=\\s|\\()\\d{1,9}(?:\\.\\d{1,6})?\\s?[MmGgTt](?:i?[Bb])?(?=$|\\s|\\))");
    private static final int LONGEST = 200;

    private ByName() {}

    static Described of(String description) {
        if (description.length() > LONGEST) {
            return unclear("a name of more than " + LONGEST + " letters is none", List.of());
        }
        Matcher times = TIMES.matcher(description.strip());
        int count = times.matches() ? Integer.parseInt(times.group(1)) : 1;
        String rest = times.matches() ? times.group(2) : description.strip();
        Matcher size = SIZE.matcher(rest);
        OptionalLong bytes = OptionalLong.empty();
        String name = rest;
        if (size.find()) {
            bytes = Size.parse(size.group());
            name = size.replaceFirst("");
        }
        Optional<Products.Product> product = Products.named(name);
        if (product.isEmpty()) {
            return unknown(description, name);
        }
        if (count < 1 || (count > 1 && product.get().use() != Products.Use.CARD)) {
            return unclear(
                    "`%s` asks for %d of them, but only cards are counted"
                            .formatted(description, count),
                    List.of());
        }
        return sized(product.get(), count, bytes);
    }

    private static Described unknown(String description, String name) {
        List<String> near = Near.of(name.strip(), Products.names());
        String hint = near.isEmpty() ? "" : ". Did you mean `" + String.join("`, `", near) + "`?";
        if (Bandwidths.isForLaptops(Words.plain(name))) {
            hint = ": chips for laptops are slower than the cards whose names they bear.";
        }
        return unclear(
                "`"
                        + description
                        + "` is no machine or card that is known here"
                        + hint
                        + (hint.isEmpty() ? ": say" : " Say")
                        + " what it has with --memory 24G --bandwidth 400 (GB/s)",
                near);
    }

    private static Described sized(Products.Product product, int count, OptionalLong bytes) {
        if (bytes.isEmpty() && product.sizes().size() > 1) {
            String sizes =
                    product.sizes().stream().map(it -> it + "G").collect(Collectors.joining(", "));
            return unclear(
                    "the %s comes with %s: say which, as in `%s %dG`"
                            .formatted(
                                    product.name(),
                                    sizes,
                                    product.name(),
                                    product.sizes().getLast()),
                    List.of());
        }
        double sold = product.sizes().getFirst() * Size.GIB;
        Figure memory = Figure.published(sold, product.source());
        String note = null;
        if (bytes.isPresent()) {
            double said = bytes.getAsLong();
            boolean known = product.sizes().stream().anyMatch(it -> it * Size.GIB == said);
            memory = known ? Figure.published(said, product.source()) : Figure.given(said);
            note =
                    known
                            ? null
                            : "the %s is not known with %s"
                                    .formatted(product.name(), Size.words(said));
        }
        if (product.shown() > 0 && memory.value() == sold) {
            memory = Figure.published(product.shown(), product.source());
        }
        return new Described.Known(machine(product, count, memory, note));
    }

    private static Machine machine(
            Products.Product product, int count, Figure memory, @Nullable String note) {
        boolean card = product.use() == Products.Use.CARD;
        var notes = new ArrayList<String>();
        if (note != null) {
            notes.add(note);
        }
        notes.add("described, not read: budgets are those of a machine with nothing else on it");
        Optional<Figure> bandwidth = Bandwidths.of(product.listed(), memory.value());
        if (bandwidth.isEmpty()) {
            notes.add(
                    "no bandwidth is published here for "
                            + product.name()
                            + ": say it with --bandwidth 400 (GB/s)");
        }
        var device =
                new Device(
                        product.name(),
                        card ? Device.Kind.DISCRETE : Device.Kind.UNIFIED,
                        memory,
                        budget(product, memory),
                        bandwidth.orElse(null));
        var devices = new ArrayList<Device>();
        for (int i = 0; i < count; i++) {
            devices.add(device);
        }
        Figure main = card ? null : memory;
        Figure all = main == null ? null : Figure.estimated(main.value(), "all of it");
        devices.add(
                new Device("processor", Device.Kind.CPU, main, Budget.processor(all, all), null));
        String name = count == 1 ? product.name() : count + " × " + product.name();
        return new Machine(name, devices, main, null, 0, notes);
    }

    private static @Nullable Figure budget(Products.Product product, Figure memory) {
        return switch (product.use()) {
            case CARD -> Budget.card(memory);
            case SHARED -> Budget.shared(Budget.usualLimit(memory), memory, memory);
            case METAL -> Budget.shared(Budget.metalLimit(memory.value()), memory, memory);
        };
    }

    private static Described unclear(String problem, List<String> near) {
        return new Described.Unclear(problem, near);
    }
}
