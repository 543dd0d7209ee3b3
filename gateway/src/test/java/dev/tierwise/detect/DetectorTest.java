package dev.tierwise.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.core.DataClass;
import dev.tierwise.detect.ids.Identifiers;
import dev.tierwise.detect.secrets.Secrets;
import dev.tierwise.detect.topics.Topics;
import dev.tierwise.policy.Profile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
    /// The rules alone: what is learned has tests of its own.
    private final Detector detector =
            Detector.of(List.of(new Identifiers(), new Secrets(), new Topics()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL | write to jane.doe@example.com today",
                "PHONE | call (415) 555-0132 now",
                "PHONE | reach me on +44 20 7946 0958",
                "PHONE | Tel.: 93 416 97 00",
                "FAX | Fax: 948 296 500",
                "SSN | it is 078-05-1121, he said",
                "SSN | SSN: 987-65-4321",
                "ITIN | the number 911-70-1234",
                "MEDICAL_RECORD | (MRN: BRK-1234)",
                "MEDICAL_RECORD | NHC: 368503",
                "MEDICAL_RECORD | medical record P12345678",
                "HEALTH_PLAN | his insurance # is NP-1234AB",
                "MBI | card 1EG4-TE5-MK73",
                "NPI | NPI 1234567893",
                "DEA | DEA AB1234563",
                "ACCOUNT | Acct#: SH-456789",
                "ROUTING | routing 121000358",
                "IBAN | pay DE89 3704 0044 0532 0130 00 today",
                "IBAN | pay de89370400440532013000 today",
                "CARD | charge 4111 1111 1111 1111 now",
                "BIC | SWIFT: DEUTDEFF",
                "LICENCE | driver's license no. D1234567",
                "LICENCE | NºCol: 28 28 20943",
                "PASSPORT | passport number A12803456",
                "VIN | it is a 1M8GDM9AXKP042788",
                "PLATE | plate: 7ABC123",
                "DEVICE | serial number SN-998877",
                "IMEI | IMEI 490154203237518",
                "MAC | at 00:1A:2B:3C:4D:5E",
                "MAC | at 00-1A-2B-3C-4D-5E",
                "IP | from 84.12.200.7 yesterday",
                "IP | from 2001:db8::8a2e:370:7334 yesterday",
                "URL | see https://example.org/~jdoe please",
                "DATE | on May 30th, 2022",
                "DATE | el 5 de mayo de 2020",
                "BIRTH_DATE | DOB 04/12/1958",
                "DATE | at 2021-05-21T10:00",
                "DATE | in septiembre de 2005",
                "ADDRESS | lives at 841 6th St now",
                "ADDRESS | Domicilio: Calle Losada Martí 23, 5 B",
                "POSTCODE | CP: 28016",
                "POSTCODE | Boston, MA 02127"
            })
    void eachKindOfPrivateFactIsFound(String kind, String text) {
        List<Finding> findings = detector.scan(text, "");

        assertThat(findings).extracting(it -> it.kind().label()).contains(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UK_NHS | NHS no: 401 023 2137",
                "UK_NINO | it is AA 12 34 56 B",
                "DE_TAX_ID | IdNr. 12345678903",
                "ES_DNI | con 55555555K",
                "ES_DNI | con X9613851N",
                "ES_NASS | NASS: 26 37482910 04",
                "IT_CODICE_FISCALE | ecco RSSMRA85T10A562S",
                "PL_PESEL | PESEL: 44051401458",
                "PL_NIP | NIP: 9473281651",
                "IN_AADHAAR | it is 3123 4567 8909",
                "IN_PAN | it is ABBPM4567S",
                "AU_TFN | TFN 876 543 210",
                "AU_ABN | ABN 51 824 753 556",
                "CA_SIN | SIN 130 692 544",
                "SG_NRIC | it is S2740116C",
                "FI_HETU | it is 131052-308T",
                "SE_PERSONNUMMER | personnummer 871220-2384",
                "KR_RRN | it is 960121-1234567",
                "CRYPTO | send to 16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ",
                "BIOMETRIC | fingerprint id 99812-AX",
                "OTHER_ID | (ID: 987654321)",
                "OTHER_ID | ref. code: EM-2554",
                "AGE | a 92-year-old man",
                "PASSWORD | password: hunter2x",
                "PASSWORD | postgres://app:s3cr3t99@db/prod",
                "HEALTH | has diabetes",
                "SPECIAL | is catholic"
            })
    void eachKindOfNationalNumberSecretAndTopicIsFound(String kind, String text) {
        List<Finding> findings = detector.scan(text, "");

        assertThat(findings).extracting(it -> it.kind().label()).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "charge 4111 1111 1111 1112 now",
                "pay DE88 3704 0044 0532 0130 00 today",
                "PESEL: 44051401459",
                "it is 3123 4567 8908",
                "con 55555555A",
                "it is a 1M8GDM9A1KP042788",
                "send to 16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyX",
                "the 999.999.999.999 of it",
                "version 1.2.3.4 is out",
                "std::vector<int> a = b::c;",
                "it took 12:30:45 to do 1500 mg",
                "MRN on file, 2000 mg a day",
                "see https://www.w3.org/TR/html",
                "my email is info@presidio.",
                "look at example.com for more",
                "PESEL-20463348319 of the list",
                "5/21 of them"
            })
    void whatOnlyLooksLikeOneIsNot(String text) {
        List<Finding> findings = detector.scan(text, "");

        assertThat(findings).noneMatch(Finding::identifies);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | a 89-year-old man",
                "true | a 90-year-old man",
                "true | aged 103",
                "false | patients over 90 years old",
                "false | born in 1958",
                "false | in 2021 or 2022",
                "true | born in May 1958",
                "false | the 021 area",
                "true | ZIP 02127",
                "false | she is 45 years old",
                "false | edad: 53 años",
                "true | edad: 93 años"
            })
    void safeHarborDecidesWhatCounts(boolean identifies, String text) {
        List<Finding> findings = detector.scan(text, "");

        assertThat(findings.stream().anyMatch(Finding::identifies)).isEqualTo(identifies);
    }

    @Test
    void theFieldsNameCounts() {
        assertThat(detector.scan("88-1234567", "patientId"))
                .extracting(Finding::kind)
                .containsExactly(Kind.MEDICAL_RECORD);
        assertThat(detector.scan("correct horse 9", "note")).isEmpty();
    }

    @Test
    void tokensOfVendorsAreSecrets() {
        String key = "AKIA" + "IOSFODNN7EXAMPLQ";
        String block = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";

        assertThat(classOf(detector.scan("use " + key, ""))).isEqualTo(DataClass.SECRET);
        assertThat(classOf(detector.scan(block, ""))).isEqualTo(DataClass.SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUBLIC | diabetes is a disease",
                "PERSONAL | write to a.b@example.com",
                "PHI | a.b@example.com has diabetes",
                "PHI | MRN: 998877",
                "SPECIAL | a.b@example.com is catholic",
                "INTERNAL | what is there to see in Paris on 2026-11-23?",
                "PERSONAL | the date of birth is 4/17/1961 so please look",
                "PERSONAL | {\"dob\": \"1961-04-17\"}",
                "PERSONAL | nacida el 17 de abril de 1961",
                "INTERNAL | the war began on 28 July 1914",
                "INTERNAL | https://json-schema.org/draft/2020-12/schema",
                "PERSONAL | https://example.org/users/jane/photos",
                "PUBLIC | log.info(interrupt_message)",
                "PHI | diabetes was found on 2026-11-23",
                "SECRET | MRN: 998877, password: hunter2x"
            })
    void classFollowsFromWhatIsFoundTogether(DataClass dataClass, String text) {
        assertThat(classOf(detector.scan(text, ""))).isEqualTo(dataClass);
    }

    @Test
    void aSurerDayDoesNotHideANumberOfInsurance() {
        var both =
                new Detector(
                        List.of(
                                (_, _, hits) -> hits.add(0, 5, Kind.DATE, .99f),
                                (_, _, hits) -> hits.add(0, 4, Kind.SSN, .6f)),
                        "both");

        assertThat(both.scan("12345", ""))
                .singleElement()
                .returns(Kind.SSN, Finding::kind)
                .returns(5, Finding::end);
    }

    private static DataClass classOf(List<Finding> findings) {
        return Profile.NONE.classOf(
                findings.stream().map(it -> it.kind().mark()).collect(Collectors.toSet()));
    }

    @Test
    void anyTextIsSurvivedAndFindsLieInOrderWithinIt() {
        var random = new Random(7);
        String[] bits = {
            "\uD800", "\uDC00", "&#x1F600;", "%E2%82%AC", "\\u0041", "\\\\", "é", "\u0301", "１",
                    "MRN ",
            "123-45-6789", "@", "://", "password=", "-----BEGIN ", "\n", "**", "five ", " a ",
                    "QUJDREVGR0hJSktM",
            "::", "(", "й", "\u200B", "&amp;", "calle ", "5 de mayo", ".", "\0", "K"
        };
        for (int run = 0; run < 3000; run++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(bits[random.nextInt(bits.length)]);
            }
            int last = 0;
            for (Finding finding : detector.scan(text.toString(), "")) {
                assertThat(finding.start()).isBetween(last, text.length());
                assertThat(finding.end()).isBetween(finding.start() + 1, text.length());
                last = finding.start();
            }
        }
    }

    @Test
    void theSameDetectorSaysTheSame() {
        String text = "Jane, MRN 998877, seen May 5, 2021, jane@example.com, 078-05-1121";

        assertThat(detector.scan(text, "")).isEqualTo(detector.scan(text, ""));
        assertThat(detector.bundle()).hasSize(16).isNotEqualTo(Detector.shipped().bundle());
    }

    @Test
    void whatIsEncodedTooOftenToBeOpenedIsNotTakenForClean() {
        String text = "the medical record number is MRN 4471-22901 and nothing else is of note";
        for (int depth = 1; depth <= 6; depth++) {
            text = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

            assertThat(Detector.shipped().scan("see " + text, ""))
                    .as("depth " + depth)
                    .isNotEmpty();
        }
    }
}
