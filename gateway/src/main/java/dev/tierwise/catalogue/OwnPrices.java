package dev.tierwise.catalogue;

import dev.tierwise.core.Price;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prices that the user's own file adds to the catalogue: dated, and with where they come from.
/// From the day of the first of them on they hold in the place of the catalogue's. Immutable.
///
/// @param rows in any order
public record OwnPrices(List<Row> rows) {
    /// No price of one's own.
    public static final OwnPrices NONE = new OwnPrices(List.of());

    private static final String HEAD =
            """
            # Prices of your own, in dollars per million tokens; ./tw prices writes this file.
            # backend\tmodel\tfrom\tinput\tcached\toutput\tsource\tnoted
            """;
    private static final int COLUMNS = 8;
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    public OwnPrices {
        rows = List.copyOf(rows);
    }

    /// One price.
    ///
    /// @param backend of the upstream, such as `openai`
    /// @param model as a request names it
    /// @param price with the day from which it holds
    /// @param source who says so
    /// @param noted when it was written down
    public record Row(String backend, String model, Price price, String source, LocalDate noted) {
        private boolean isOf(String backend, String model) {
            return this.backend.equals(backend) && this.model.equals(model);
        }

        private String line() {
            return String.join(
                    "\t",
                    backend,
                    model,
                    price.from().toString(),
                    dollars(price.input()),
                    dollars(price.cachedInput()),
                    dollars(price.output()),
                    source.replaceAll("[\\t\\r\\n]", " "),
                    noted.toString());
        }
    }

    /// What reading gives.
    public sealed interface Made {
        /// Prices.
        ///
        /// @param prices as the file has them
        record Good(OwnPrices prices) implements Made {}

        /// Why there are none.
        ///
        /// @param problem what is wrong, and in which line
        record Bad(String problem) implements Made {}
    }

    /// Reads the file's text.
    public static Made read(String text) {
        var rows = new ArrayList<Row>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank() || lines[i].startsWith("#")) {
                continue;
            }
            String[] cells = lines[i].split("\t", -1);
            String problem =
                    cells.length == COLUMNS
                            ? problem(cells)
                            : cells.length + " columns in the place of " + COLUMNS;
            if (problem != null) {
                return new Made.Bad("line " + (i + 1) + ": " + problem);
            }
            rows.add(
                    new Row(
                            cells[0],
                            cells[1],
                            new Price(
                                    LocalDate.parse(cells[2]),
                                    ModelTable.nanos(cells[3]),
                                    ModelTable.nanos(cells[4]),
                                    ModelTable.nanos(cells[5])),
                            cells[6],
                            LocalDate.parse(cells[7])));
        }
        return new Made.Good(new OwnPrices(rows));
    }

    private static @Nullable String problem(String[] cells) {
        if (cells[0].isBlank() || cells[1].isBlank()) {
            return "no backend, or no model";
        }
        for (int i : new int[] {2, 7}) {
            if (!isDate(cells[i])) {
                return "'" + cells[i] + "' is no date like 2026-11-30";
            }
        }
        for (int i = 3; i < 6; i++) {
            if (!isAmount(cells[i])) {
                return "'" + cells[i] + "' is no amount of dollars per million tokens";
            }
        }
        return null;
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    /// Whether a text is an amount of dollars from 0 to a million with at most nine decimals.
    public static boolean isAmount(String text) {
        try {
            var amount = new BigDecimal(text);
            return amount.signum() >= 0
                    && amount.compareTo(MOST) <= 0
                    && amount.stripTrailingZeros().scale() <= 9;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    /// A price out of dollars per million tokens.
    ///
    /// @param from the first day
    /// @param amounts read, read from the cache, written; each [#isAmount]
    public static Price price(LocalDate from, List<String> amounts) {
        return new Price(
                from,
                ModelTable.nanos(amounts.get(0)),
                ModelTable.nanos(amounts.get(1)),
                ModelTable.nanos(amounts.get(2)));
    }

    /// Billionths of a dollar as dollars.
    public static String dollars(long nanos) {
        BigDecimal dollars = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
        return dollars.signum() == 0 ? "0" : dollars.toPlainString();
    }

    /// The file's text, by backend, model and day.
    public String text() {
        var text = new StringBuilder(HEAD);
        rows.stream()
                .sorted(
                        Comparator.comparing(Row::backend)
                                .thenComparing(Row::model)
                                .thenComparing(row -> row.price.from()))
                .forEach(row -> text.append(row.line()).append('\n'));
        return text.toString();
    }

    /// The same with one more; it takes the place of one of the same model and day.
    public OwnPrices with(Row added) {
        var all = new ArrayList<Row>();
        for (Row row : rows) {
            boolean same = row.isOf(added.backend, added.model);
            if (!same || !row.price.from().equals(added.price.from())) {
                all.add(row);
            }
        }
        all.add(added);
        return new OwnPrices(all);
    }

    /// The same without those of a model.
    public OwnPrices without(String backend, String model) {
        return new OwnPrices(rows.stream().filter(row -> !row.isOf(backend, model)).toList());
    }

    /// Those of a model, oldest first.
    public List<Row> of(String backend, String model) {
        return rows.stream()
                .filter(row -> row.isOf(backend, model))
                .sorted(Comparator.comparing(row -> row.price.from()))
                .toList();
    }

    /// A model's prices, oldest first: the catalogue's before the day of the first own one.
    ///
    /// @param shipped the catalogue's
    List<Price> over(String backend, String model, List<Price> shipped) {
        List<Row> own = of(backend, model);
        if (own.isEmpty()) {
            return shipped;
        }
        LocalDate first = own.getFirst().price.from();
        var all = new ArrayList<Price>();
        shipped.stream().filter(price -> price.from().isBefore(first)).forEach(all::add);
        own.forEach(row -> all.add(row.price));
        return List.copyOf(all);
    }
}
