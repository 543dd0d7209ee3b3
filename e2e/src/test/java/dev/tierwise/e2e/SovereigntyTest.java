package dev.tierwise.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Regulated data stays at home, and the trail proves it: a gateway of its own process, one model
/// near and one far, and nothing configured but these.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SovereigntyTest {
    private static final String SSN = "her social security number is 219-09-3361";
    private static final String ADMIN = "sk-admin-0123456789abcdef";
    private static final String NURSE = "sk-nurse-0123456789abcdef";

    private final FakeUpstream near = FakeUpstream.start();
    private final FakeUpstream far = FakeUpstream.start();
    private final GatewayProcess plain = GatewayProcess.start(yaml("").text());
    private final GatewayProcess down = GatewayProcess.start(yaml("").text());
    private final GatewayProcess clinic =
            GatewayProcess.start(
                    yaml("""
                    keys:
                      - {name: nurse, key: '${env:NURSE}', tenant: ward, purposes: [care, coding]}
                      - {name: boss, key: '${env:ADMIN}', admin: true}
                    policy:
                      profile: hipaa
                      floors:
                        - {name: chart-tool, when: {tool: read_chart}, class: phi}
                      rules:
                        - name: ward-is-closed
                          when: {tenant: [ward], class: [public]}
                          then: {deny: "the ward uses no outside models"}
                    """)
                            .text(),
                    Map.of("NURSE", NURSE, "ADMIN", ADMIN));

    private Yaml yaml(String head) {
        return Yaml.of(head)
                .upstream("near", "vllm", near.url(), Yaml.QUICK)
                .upstream("far", "openai-compatible", far.url().resolve("/v1"), Yaml.QUICK)
                .model("near", "near", "local")
                .model("far", "far", "frontier");
    }

    @BeforeEach
    void wellAgain() {
        near.fault(Fault.NONE);
        near.forget();
        far.forget();
    }

    @AfterAll
    void stop() {
        try (near;
                far;
                plain;
                down;
                clinic) {
            assertThat(plain.ledger().integrity()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "near", "tier:local"})
    void whatIdentifiesSomebodyIsAnsweredHere(String model) {
        var seen = new Chat(plain.url()).ask(said(model, SSN));

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.header("x-tierwise-model")).isEqualTo("near");
        assertThat(seen.header("x-ai-generated")).isEqualTo("true");
        assertThat(far.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"far", "tier:frontier"})
    void whoAsksForAFarModelIsToldWhichRuleKeepsIt(String model) {
        var seen = new Chat(plain.url()).ask(said(model, SSN));

        assertThat(seen.status()).isEqualTo(503);
        assertThat(seen.text())
                .contains("policy_violation")
                .contains("regulated-stays")
                .doesNotContain("219");
        assertThat(far.received()).isEmpty();
    }

    @Test
    void harmlessRequestsReachTheFarModel() {
        var seen = new Chat(plain.url()).ask(said("far", "how are rainbows made"));

        assertThat(seen.status()).isEqualTo(200);
        assertThat(far.received()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REFUSE", "CLOSE", "SERVER_ERROR", "HANG_BEFORE_HEAD", "TRUNCATED_JSON"})
    void whenTheNearModelIsDownRegulatedDataGoNowhere(Fault fault) {
        near.fault(fault);

        var seen = new Chat(down.url()).ask(said("auto", SSN));

        assertThat(seen.status()).isEqualTo(503);
        assertThat(seen.text()).contains("policy_violation").contains("regulated-stays");
        assertThat(far.received()).isEmpty();
    }

    @Test
    void whatCannotBeScannedStays() {
        var seen =
                new Chat(plain.url())
                        .ask(
                                """
                                {"model":"far","messages":[{"role":"user","content":[{"type":"image_url",\
                                "image_url":{"url":"https://example.org/x-ray.png"}}]}]}\
                                """);

        assertThat(seen.status()).isEqualTo(503);
        assertThat(far.received()).isEmpty();
    }

    @Test
    void aToolRaisesTheClassAndATenantsRuleHolds() {
        var chat = new Chat(clinic.url());
        String tool =
                """
                {"model":"far","messages":[{"role":"user","content":"hello"}],"tools":[{"type":\
                "function","function":{"name":"read_chart","parameters":{"type":"object"}}}]}\
                """;

        var withTool = chat.ask(tool, "authorization", "Bearer " + ADMIN);
        var without = chat.ask(said("far", "and good evening"), "authorization", "Bearer " + ADMIN);

        assertThat(withTool.status()).isEqualTo(503);
        assertThat(withTool.text()).contains("hipaa-phi");
        assertThat(without.status()).isEqualTo(200);
    }

    @Test
    void theSwitchWorksWithinASecondAndNeedsAnAdmin() {
        var chat = new Chat(clinic.url());
        String on = "{\"on\":true,\"reason\":\"drill\"}";

        var nurse = chat.post("/v1/local-only", on, "authorization", "Bearer " + NURSE);
        var boss = chat.post("/v1/local-only", on, "authorization", "Bearer " + ADMIN);
        var kept = chat.ask(said("far", "good morning"), "authorization", "Bearer " + ADMIN);
        chat.post("/v1/local-only", "{\"on\":false}", "authorization", "Bearer " + ADMIN);
        var free = chat.ask(said("far", "good morning"), "authorization", "Bearer " + ADMIN);

        assertThat(nurse.status()).isEqualTo(403);
        assertThat(boss.json().path("local_only").asBoolean(false)).isTrue();
        assertThat(kept.status()).isEqualTo(503);
        assertThat(kept.text()).contains("nothing may leave this machine");
        assertThat(free.status()).isEqualTo(200);
    }

    @Test
    void theSwitchOfTheCommandLineIsObeyed() {
        var chat = new Chat(plain.url());
        plain.home().run("local-only", "on", "--reason", "drill");
        boolean kept =
                FakeUpstream.await(
                        () -> chat.ask(said("far", "hello")).status() == 503,
                        Duration.ofSeconds(5));
        plain.home().run("local-only", "off");
        boolean free =
                FakeUpstream.await(
                        () -> chat.ask(said("far", "hello")).status() == 200,
                        Duration.ofSeconds(5));

        assertThat(kept).isTrue();
        assertThat(free).isTrue();
    }

    @Test
    void theTrailProvesWhatStayed() {
        try (GatewayProcess gateway = GatewayProcess.start(yaml("").text())) {
            var chat = new Chat(gateway.url());
            String from = Instant.now().toString();
            chat.ask(said("auto", SSN));
            chat.ask(said("far", SSN));
            chat.ask(said("far", "hello"));
            gateway.stop();
            String today = LocalDate.now(ZoneOffset.UTC).toString();

            var verified = gateway.home().run("audit", "verify", "--json");
            var proof =
                    gateway.home()
                            .run(
                                    "prove",
                                    "--no-egress",
                                    "personal",
                                    "--from",
                                    from,
                                    "--to",
                                    today + "T23:59:59Z");
            var report = gateway.home().folder().resolve("audit.html");
            var reported =
                    gateway.home()
                            .run(
                                    "audit",
                                    "report",
                                    "--from",
                                    today,
                                    "--to",
                                    today,
                                    "--out",
                                    report.toString());

            assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
            assertThat(proof.code()).as(proof.out() + proof.err()).isZero();
            assertThat(proof.out()).contains("PROVEN");
            assertThat(reported.code()).as(reported.err()).isZero();
            assertThat(report).content().contains("regulated-stays").doesNotContain("219-09");
        }
    }

    @Test
    void nothingThatWasFoundIsWrittenAnywhere() {
        new Chat(plain.url()).ask(said("auto", SSN));
        new Chat(plain.url()).ask(said("far", SSN));

        Secrecy.assertNowhere(plain, "219-09-3361");
    }

    private static String said(String model, String text) {
        return "{\"model\":\""
                + model
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]}";
    }
}
