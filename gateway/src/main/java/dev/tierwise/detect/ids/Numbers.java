package dev.tierwise.detect.ids;

import dev.tierwise.detect.Family;
import dev.tierwise.detect.Kind;
import dev.tierwise.detect.text.Letters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers made of digits only, in groups.
final class Numbers {
    /// What a text that is nothing but a number may be, surest first.
    private static final List<Kind> ALONE =
            List.of(
                    Kind.CARD,
                    Kind.FR_NIR,
                    Kind.IMEI,
                    Kind.KR_RRN,
                    Kind.ZA_ID,
                    Kind.TH_TNIN,
                    Kind.IN_AADHAAR,
                    Kind.SE_PERSONNUMMER,
                    Kind.PL_PESEL,
                    Kind.DE_TAX_ID,
                    Kind.TR_TCKN,
                    Kind.AU_ABN,
                    Kind.UK_NHS,
                    Kind.NPI,
                    Kind.AU_MEDICARE,
                    Kind.PL_NIP,
                    Kind.NATIONAL_ID,
                    Kind.ROUTING,
                    Kind.AU_TFN,
                    Kind.CA_SIN,
                    Kind.PL_REGON,
                    Kind.SSN,
                    Kind.ITIN);

    private static final int FEWEST = 7;
    private static final int MOST = 20;

    private final Pass pass;
    private final Dates dates;
    private final Addresses addresses;
    private final Ages ages;
    private final Groups g;
    private int start;

    Numbers(Pass pass, Dates dates, Addresses addresses) {
        this.pass = pass;
        this.dates = dates;
        this.addresses = addresses;
        ages = new Ages(pass);
        g = new Groups(pass);
    }

    /// Looks at the number at `at`: the end of what was found, or 0.
    int look(int at) {
        char before = pass.charAt(at - 1);
        if (Letters.letter(before) || before == '_' || !g.read(at)) {
            return 0;
        }
        start = at;
        int found = g.count > 1 ? dates.three(g) : 0;
        found = found > 0 ? found : dates.dayFirst(at, g.end[0]);
        found = found > 0 ? found : ages.look(at, g.end[0]);
        found = found > 0 ? found : identifier();
        found = found > 0 ? found : postcode();
        return found > 0 ? found : addresses.street(at, g.end[0]);
    }

    private int identifier() {
        for (int m = g.within(MOST); m > 0; m--) {
            int end = g.end[m - 1];
            if (broken(m, end)) {
                continue;
            }
            int n = g.take(m);
            if (n < FEWEST && !(pass.label.strong() && said() != null && m > 1)) {
                return 0;
            }
            int found = named(m, n, end);
            if (found == 0 && n >= FEWEST) {
                found = bare(m, n, end);
            }
            if (found != 0) {
                return Math.max(found, 0);
            }
        }
        return 0;
    }

    /// Whether the number goes on behind the first groups.
    private boolean broken(int m, int end) {
        char next = pass.charAt(end);
        if (Letters.letter(next) || next == '_') {
            return true;
        }
        boolean on = m < g.count && next != ' ' && next != ')' && next != '(';
        return on && !(next == '/' || next == '.');
    }

    private @Nullable Kind said() {
        return pass.label.kind();
    }

    /// A number that the words before it name; minus one when they name it wrongly.
    private int named(int m, int n, int end) {
        Kind kind = said();
        if (kind == null || Letters.digit(pass.charAt(end))) {
            return 0;
        }
        int check = Checks.of(kind, g.digits, n);
        if (check == 1) {
            return found(end, kind, .95);
        }
        if (Checks.decides(kind) && check == 0) {
            boolean backwards = kind == Kind.CARD && Checks.of(kind, g.reversed, n) == 1;
            return backwards ? found(end, kind, .7) : 0;
        }
        if (kind.family() == Family.PHONE) {
            boolean enough =
                    n >= FEWEST && n <= 15 && (pass.label.strong() || g.count > 1 || n >= 9);
            return enough || (m > 1 && n >= 4 && pass.label.gap() == 0 && pass.label.strong())
                    ? found(end, kind, .85)
                    : 0;
        }
        if (kind == Kind.SSN && n == 9) {
            return found(end, kind, .9);
        }
        boolean spaced =
                m > 1 && pass.label.strong() && pass.label.gap() <= 1 && !pass.label.bare();
        boolean numbered =
                kind == Kind.CARD
                        || kind == Kind.ES_NASS
                        || kind == Kind.LICENCE
                        || kind == Kind.ACCOUNT
                        || kind.family() == Family.NATIONAL_ID
                        || kind.family() == Family.HEALTH_PLAN
                        || kind == Kind.MEDICAL_RECORD;
        return spaced && numbered && narrow(m) && n >= 4 ? found(end, kind, .75) : 0;
    }

    private boolean narrow(int m) {
        for (int i = 0; i + 1 < m; i++) {
            char sign = g.sign(i);
            if (g.start[i + 1] - g.end[i] != 1 || (sign != ' ' && sign != '-')) {
                return false;
            }
        }
        return true;
    }

    private int bare(int m, int n, int end) {
        byte[] d = g.digits;
        boolean even = g.even(m);
        if (m == 3 && n == 9 && even && g.are(3, 2, 4)) {
            if (Checks.ssn(d) && g.sign(0) != '/') {
                return found(end, Kind.SSN, .85);
            }
            return Checks.itin(d) ? found(end, Kind.ITIN, .8) : 0;
        }
        if (n >= 13 && n <= 19 && (m == 1 || (even && g.size(0) == 4 && g.sign(0) != '.'))) {
            if (Checks.card(d, n)) {
                return found(end, Kind.CARD, .95);
            }
        }
        if (m == 3 && n == 12 && even && g.are(4, 4, 4) && Checks.of(Kind.IN_AADHAAR, d, n) == 1) {
            return found(end, Kind.IN_AADHAAR, .8);
        }
        if (m == 2
                && even
                && g.sign(0) == '-'
                && g.are(6, 7)
                && Checks.of(Kind.KR_RRN, d, n) == 1) {
            return found(end, Kind.KR_RRN, .8);
        }
        if (m == 3 && even && g.are(3, 3, 4) && d[0] < 2 && Checks.of(Kind.UK_NHS, d, n) == 1) {
            return found(end, Kind.UK_NHS, .8);
        }
        int phone = phone(m, n, end);
        return phone > 0 ? phone : alone(n, end);
    }

    private int phone(int m, int n, int end) {
        char before = pass.charAt(start - 1);
        boolean open = before == '(';
        boolean plus = before == '+' || (open && pass.charAt(start - 2) == '+');
        if (plus && n >= 8 && n <= 15) {
            return pass.charAt(start - 2) == '('
                    ? phoneFound(start - 2, end)
                    : phoneFound(start - (open ? 2 : 1), end);
        }
        int area = g.size(0) == 1 && m == 4 && g.digits[0] == 1 ? 1 : 0;
        boolean american =
                m - area == 3
                        && g.size(area) == 3
                        && g.size(area + 1) == 3
                        && g.size(area + 2) == 4;
        if (american && g.digits[area] >= 2 && g.sign(area) != '/' && dashes(area)) {
            return phoneFound(open ? start - 1 : start, end);
        }
        boolean lone = pass.alone(start, end) && n >= 9 && n <= 12;
        boolean domestic = g.digits[0] == 0 && (n == 10 || n == 11);
        if ((lone && ((m > 1 && narrow(m) && n < 12) || domestic) && g.digits[0] != 1)
                || (open && n == 10 && m > 1)) {
            return phoneFound(open ? start - 1 : start, end);
        }
        boolean zero =
                domestic
                        && !Letters.digit(pass.charAt(start - 2))
                        && ((n == 11 && g.digits[1] >= 5) || (m > 1 && narrow(m) && m <= 5));
        return zero ? phoneFound(open ? start - 1 : start, end) : 0;
    }

    /// Rows of numbers with spaces between them look like phone numbers; those have other signs too
    /// or stand in parentheses.
    private boolean dashes(int area) {
        boolean spaces = g.sign(area) == ' ' && g.sign(area + 1) == ' ';
        return !spaces || (g.digits[area + 3] >= 2 && !Letters.digit(pass.charAt(start - 2)));
    }

    private int phoneFound(int from, int end) {
        pass.add(from, end, pass.label.is(Kind.FAX) ? Kind.FAX : Kind.PHONE, .8);
        return end;
    }

    private int alone(int n, int end) {
        if (!pass.alone(start, end)) {
            return 0;
        }
        for (Kind kind : ALONE) {
            if (Checks.of(kind, g.digits, n) == 1 && !Checks.same(g.digits, n)) {
                return found(end, kind, .6);
            }
        }
        return 0;
    }

    private int postcode() {
        int size = g.size(0);
        int end = g.end[0];
        if (size < 4 || size > 6 || Letters.wordly(pass.charAt(end))) {
            return 0;
        }
        boolean told = pass.label.is(Kind.POSTCODE) && pass.label.gap() <= 1;
        boolean near =
                size == 5 && start - pass.lastAddress < 48 && (g.sign(0) == ' ' || g.count == 1);
        boolean state = size == 5 && States.before(pass, start);
        if (!told && !near && !state) {
            return 0;
        }
        if (g.size(1) == 4 && g.sign(0) == '-') {
            end = g.end[1];
        } else if (g.size(1) > 0 && size == 4 && told && g.sign(0) == '-') {
            end = g.end[1];
        }
        return found(end, Kind.POSTCODE, told || state ? .8 : .6);
    }

    private int found(int end, Kind kind, double score) {
        pass.add(start, end, kind, score);
        return end;
    }
}
