package dev.tierwise.detect.tag;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.names.Lexicon;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Makes labelled texts by filling templates of its own with names of the lists and made-up
/// numbers. The same seed makes the same texts.
public final class Synthetic {
    private static final List<String> TEMPLATES =
            List.of(
                    "Please write a letter to {N} about the visit on {D} at {P}.",
                    "{N} ({I}) was admitted to {P} on {D} with chest pain.",
                    "Summarise the chart of {N}, MRN {M}, seen {D}.",
                    "Call {N} at {T} or write to {E}.",
                    "Name: {N}\nDate of birth: {D}\nRecord: {M}\nCity: {P}\nPhone: {T}",
                    "my name is {n} and i live in {P}, my number is {T}",
                    "{\"fname\": \"{F}\", \"lname\": \"{L}\", \"city\": \"{P}\", \"phone\": \"{T}\"}",
                    "Dear Dr. {L}, thank you for referring {N} from {P}.",
                    "Compare outcomes for Mr. {N}, treated in {P} since {D}, plan ID {I}.",
                    "Paciente {N}, con NHC {M}, ingresa en {P} el {D}.",
                    "Nombre: {F}.\nApellidos: {L}.\nNHC: {M}.\nLocalidad: {P}.",
                    "La Dra. {N} firma el informe. Correo: {E}",
                    "Best treatment for hypertension in patients over 60 with CKD stage 3?",
                    "Compare drug A with drug B in 120 patients over 12 weeks.",
                    "What changed in version 2.10.3 of the Apollo client since May?",
                    "Write a function that returns the {W} of a list in Python.",
                    "The patient was seen recently at the clinic; the record is on file.",
                    "Order 4711 of 12 {W} boxes was delivered late, when is my refund due?",
                    "El paciente acude a consulta por dolor abdominal de 3 días.");

    private final SplittableRandom random;
    private final List<String> first;
    private final List<String> last;
    private final List<String> places;

    /// @param seed of all choices
    /// @param first first names
    /// @param last last names
    /// @param places places
    public Synthetic(long seed, List<String> first, List<String> last, List<String> places) {
        this.random = new SplittableRandom(seed);
        this.first = List.copyOf(first);
        this.last = List.copyOf(last);
        this.places = List.copyOf(places);
    }

    /// Places to fill in.
    public static List<String> places() {
        return Lexicon.placeNames();
    }

    /// Makes texts.
    public List<Sample> make(int count) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < count; i++) {
            samples.add(fill("synthetic-x" + i, TEMPLATES.get(i % TEMPLATES.size())));
        }
        return samples;
    }

    private Sample fill(String id, String template) {
        var text = new StringBuilder();
        var marks = new ArrayList<Sample.Mark>();
        for (int at = 0; at < template.length(); at++) {
            boolean slot =
                    template.charAt(at) == '{'
                            && at + 2 < template.length()
                            && template.charAt(at + 2) == '}';
            if (!slot) {
                text.append(template.charAt(at));
                continue;
            }
            char what = template.charAt(at + 1);
            int start = text.length();
            text.append(value(what));
            if (what != 'W') {
                marks.add(new Sample.Mark(start, text.length(), kind(what)));
            }
            at += 2;
        }
        return new Sample(id, text.toString(), marks);
    }

    private static Kind kind(char what) {
        return switch (what) {
            case 'P' -> Kind.PLACE;
            case 'D' -> Kind.DATE;
            case 'M' -> Kind.MEDICAL_RECORD;
            case 'I' -> Kind.OTHER_ID;
            case 'T' -> Kind.PHONE;
            case 'E' -> Kind.EMAIL;
            default -> Kind.NAME;
        };
    }

    private String value(char what) {
        return switch (what) {
            case 'F' -> capital(any(first));
            case 'L' -> capital(any(last));
            case 'n' -> any(first) + " " + any(last);
            case 'P' -> any(places);
            case 'D' -> date();
            case 'M' -> digits(5 + random.nextInt(5));
            case 'I' -> "" + (char) ('A' + random.nextInt(26)) + digits(6 + random.nextInt(4));
            case 'T' -> digits(3) + "-" + digits(3) + "-" + digits(4);
            case 'E' -> any(first) + "." + any(last) + "@mail.example";
            case 'W' -> List.of("median", "longest", "blue", "Grace", "May").get(random.nextInt(5));
            default ->
                    capital(any(first))
                            + " "
                            + (random.nextInt(4) == 0
                                    ? (char) ('A' + random.nextInt(26)) + "."
                                    : capital(any(last)));
        };
    }

    private String date() {
        int day = 1 + random.nextInt(28);
        int year = 1940 + random.nextInt(85);
        return switch (random.nextInt(3)) {
            case 0 -> (1 + random.nextInt(12)) + "/" + day + "/" + year;
            case 1 ->
                    List.of("January", "May", "Oct").get(random.nextInt(3))
                            + " "
                            + day
                            + ", "
                            + year;
            default -> year + "-0" + (1 + random.nextInt(9)) + "-" + (10 + day % 19);
        };
    }

    private String digits(int count) {
        var digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
