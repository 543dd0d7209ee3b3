package dev.tierwise.detect.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.detect.Kind;
import dev.tierwise.detect.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Please call Mr. Smith today | Smith",
                "my name is john smith | john smith",
                "the note was signed by Jennifer Kowalski | Jennifer Kowalski",
                "La Dra. Estefanía Romero firma | Estefanía Romero",
                "Nombre: Pedro. | Pedro",
                "patient James T. was seen | James T.",
                "{\"fname\": \"Noah\"} | Noah",
                "Kowalski, Jennifer was here | Kowalski, Jennifer"
            })
    void peopleAreFound(String text, String name) {
        assertThat(found(text, "", Kind.NAME)).contains(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The patient was treated in Chicago | Chicago",
                "patient seen at Johns Hopkins | Johns Hopkins",
                "patient seen at St. Vincent's today | St. Vincent's",
                "paciente ingresa en Hospital Virgen de la Salud | Hospital Virgen de la Salud",
                "the patient of Riverdale Medical Center | Riverdale Medical Center"
            })
    void placesAreFound(String text, String place) {
        assertThat(found(text, "", Kind.PLACE)).anyMatch(it -> it.startsWith(place));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Maria Ruiz | true",
                "Ruiz, Ana | true",
                "John O'Neil | true",
                "json-schema-from-City | false",
                "get_john_smith | false",
                "John2 Smith | false"
            })
    void aFieldCalledNameHoldsAPersonWhereItIsWrittenLikeOne(String text, boolean person) {
        var scores = new ArrayList<Float>();

        new Names().find(Plain.same(text), "name", (_, _, _, score) -> scores.add(score));

        assertThat(scores.stream().anyMatch(score -> score > .8f)).isEqualTo(person);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Will you come in May?",
                "Grace is a virtue.",
                "def getUserName(self): return self.name",
                "What changed in Windows Server since March?",
                "Compare Spring Boot and Quarkus.",
                "The states of Texas and Ohio vote.",
                "Amazon Web Services and Google Cloud differ.",
                "On Monday the Treatment Review begins."
            })
    void ordinaryWordsAreNoNames(String text) {
        assertThat(found(text, "", Kind.NAME)).isEmpty();
        assertThat(found(text, "", Kind.PLACE)).isEmpty();
    }

    @Test
    void theNameOfTheFieldTellsWhatItHolds() {
        assertThat(found("Noah Gray", "patient_name", Kind.NAME)).containsExactly("Noah Gray");
        assertThat(found("Springhollow", "city", Kind.PLACE)).containsExactly("Springhollow");
    }

    @Test
    void findsLieInsideAnyText() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(80); i > 0; i--) {
                String[] parts = {
                    "Mr", ".", " ", "John", "\n", "de", "Paris", ",", "é", "\ud83d", "7"
                };
                text.append(parts[random.nextInt(parts.length)]);
            }
            new Names()
                    .find(
                            Plain.same(text.toString()),
                            "",
                            (start, end, _, score) -> {
                                assertThat(start).isBetween(0, end - 1);
                                assertThat(end).isLessThanOrEqualTo(text.length());
                                assertThat(score).isBetween(0f, 1f);
                            });
        }
    }

    private static List<String> found(String text, String field, Kind kind) {
        var found = new ArrayList<String>();
        new Names()
                .find(
                        Plain.same(text),
                        field,
                        (start, end, it, score) -> {
                            if (it == kind && score >= .5f) {
                                found.add(text.substring(start, end));
                            }
                        });
        return found;
    }
}
