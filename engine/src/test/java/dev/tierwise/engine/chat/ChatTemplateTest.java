package dev.tierwise.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {

    private static ChatTemplate template(String text) {
        return switch (ChatTemplate.read(text, Limits.USUAL)) {
            case ChatTemplate.Reading.Ready ready -> ready.template();
            case ChatTemplate.Reading.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static Rendering render(String text, Map<String, Value> names) {
        return template(text).render(names, ChatGoldensTest.NOW);
    }

    private static Rendering.Rendered rendered(String text, Map<String, Value> names) {
        return switch (render(text, names)) {
            case Rendering.Rendered done -> done;
            case Rendering.Raised raised -> throw new AssertionError(raised);
            case Rendering.Refused refused -> throw new AssertionError(refused);
        };
    }

    /// What came from outside in brackets.
    private static String marked(String text, String content) {
        var done = rendered(text, Map.of("c", Value.of(content), "own", Value.trusted("<s>")));
        var out = new StringBuilder(done.text());
        for (var range : done.foreign().reversed()) {
            out.insert(range.end(), ']').insert(range.start(), '[');
        }
        return out.toString();
    }

    @Test
    void everyForeignCharacterStaysForeign() {
        assertThat(marked("{{ own }}<u>{{ c }}</u>", "x")).isEqualTo("<s><u>[x]</u>");
        assertThat(marked("{{ 'a' + c ~ 'b' }}", "x")).isEqualTo("a[x]b");
        assertThat(marked("{{ (' ' + c + ' ')|trim }}", " x ")).isEqualTo("[x]");
        assertThat(marked("{{ c.split(',')|join('-') }}", "x,y")).isEqualTo("[x]-[y]");
        assertThat(marked("{{ 'a-b'|replace('-', c) }}", "x")).isEqualTo("a[x]b");
        assertThat(marked("{{ c|replace('x', '<|a|>') }}", "yxy")).isEqualTo("[y]<|a|>[y]");
        assertThat(marked("{{ {'k': c}|tojson }}", "x\"y")).isEqualTo("{\"k\": \"[x\\\"y]\"}");
        assertThat(marked("{{ [c] }}", "x'y")).isEqualTo("[\"[x'y]\"]");
        assertThat(marked("{{ c|upper }}{{ c[::-1] }}{{ c[1:] }}", "xy")).isEqualTo("[XYyxy]");
        assertThat(marked("{{ c|indent(2) }}", "x\ny")).isEqualTo("[x]\n  [y]");
        assertThat(marked("{{ c * 2 }}{{ c|title }}{{ c|capitalize }}", "xy"))
                .isEqualTo("[xyxyXyXy]");
        assertThat(marked("{% set v %}<{{ c }}>{% endset %}{{ v|upper }}", "x")).isEqualTo("<[X]>");
        assertThat(marked("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(c) ~ m('o') }}", "x"))
                .isEqualTo("<[x]><o>");
        assertThat(marked("{% for l in c %}{{ l }}.{% endfor %}", "xy")).isEqualTo("[x].[y].");
        assertThat(marked("{% set n = namespace(t='') %}{% set n.t = n.t + c %}{{ n.t }}", "x"))
                .isEqualTo("[x]");
    }

    @Test
    void keysFromOutsideAreForeignToo() {
        var done = rendered("{{ m|tojson }}{{ m }}", Map.of("m", Value.of(Map.of("k", 1))));

        assertThat(done.text()).isEqualTo("{\"k\": 1}{'k': 1}");
        assertThat(done.foreign())
                .containsExactly(new Rendering.Range(2, 3), new Rendering.Range(10, 11));
        assertThat(done.bounds()).containsExactly(2, 3, 10, 11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
                "{% set n = namespace(s='xxxxxxxx') %}{% for i in range(99) %}"
                        + "{% set n.s = n.s ~ n.s %}{% endfor %}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99) %}"
                        + "{% set n.l = n.l + n.l %}{% endfor %}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99) %}"
                        + "{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l }}",
                "{% set n = namespace(l=[1], k=[1]) %}{% for i in range(99) %}"
                        + "{% set n.l = [n.l, n.l] %}{% set n.k = [n.k, n.k] %}{% endfor %}"
                        + "{{ n.l == n.k }}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99999) %}"
                        + "{% set n.l = [n.l] %}{% endfor %}{{ n.l|tojson }}",
                "{{ 'x' * 999999999 }}",
                "{{ [0] * 999999999 }}",
                "{{ range(999999999) }}",
                "{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}",
                "{{ ('x' * 9999)|replace('x', 'y' * 9999)|length }}",
                "{{ ('x' * 9999)|join('y' * 9999)|length }}",
                "{{ ('x' * 9999999)|list }}",
                "{% for i in range(99) %}{% set x = (',' * 99999).split(',') %}{% endfor %}",
                "{{ 9 ** 9 ** 9 }}",
                "{{ 9223372036854775807 + 1 }}",
                "{{ (' x' * 999999).split()  }}"
            })
    void whatGoesTooFarIsRefused(String text) {
        var template = template(text);

        var rendering =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60),
                        () -> template.render(Map.of(), ChatGoldensTest.NOW));

        assertThat(rendering).isInstanceOf(Rendering.Refused.class);
    }

    @Test
    void whatNestsTooDeepIsRefusedWhenRead() {
        var deep = 20_000;
        for (var text :
                List.of(
                        "{{ " + "(".repeat(deep) + "1" + ")".repeat(deep) + " }}",
                        "{{ " + "[".repeat(deep) + "]".repeat(deep) + " }}",
                        "{{ " + "not ".repeat(deep) + "1 }}",
                        "{{ " + "-".repeat(deep) + "1 }}",
                        "{{ 1" + " + 1".repeat(deep) + " }}",
                        "{{ 1" + "|abs".repeat(deep) + " }}",
                        "{{ a" + ".b".repeat(deep) + " }}",
                        "{{ 1" + " if 1 else 1".repeat(deep) + " }}",
                        "{{ 1" + " or 1".repeat(deep) + " }}",
                        "{% if 1 %}".repeat(deep) + "{% endif %}".repeat(deep),
                        "{% if 1 %}" + "{% elif 1 %}".repeat(deep) + "{% endif %}")) {
            assertThat(ChatTemplate.read(text, Limits.USUAL))
                    .as(text.substring(0, 20))
                    .isInstanceOf(ChatTemplate.Reading.Refused.class);
        }
    }

    @Test
    void noTextMakesTheReaderFail() {
        var random = new java.util.Random(11);
        var parts =
                List.of(
                        "{{", "}}", "{%", "%}", "{#", "#}", "-", " ", "if", "for", "x", "in", "set",
                        "endif", "endfor", "macro", "(", ")", "[", "]", ".", "|", "'", "\"", "\\",
                        "raw", "endraw", "1", "=", "\n", ",", "trim", "is", "defined", "not", ":");
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (var k = random.nextInt(14); k >= 0; k--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }

            if (ChatTemplate.read(text.toString(), Limits.USUAL)
                    instanceof ChatTemplate.Reading.Ready ready) {
                ready.template().render(Map.of("x", Value.of(List.of("y"))), ChatGoldensTest.NOW);
            }
        }
    }

    @Test
    void aRefusalNamesTheLineAndTheThing() {
        assertThat(ChatTemplate.read("a\nb {{ x|frobnicate }}", Limits.USUAL))
                .isEqualTo(
                        new ChatTemplate.Reading.Refused(
                                2, "the filter 'frobnicate' is not known"));
        assertThat(ChatTemplate.read("{% include 'x' %}", Limits.USUAL))
                .isEqualTo(new ChatTemplate.Reading.Refused(1, "the tag 'include' is not known"));
        assertThat(render("\n\n{{ 'a'.zfill(3) }}", Map.of()))
                .isEqualTo(new Rendering.Refused(3, "the method 'zfill' is not known"));
        assertThat(render("{{ x.y }}", Map.of()))
                .isEqualTo(new Rendering.Refused(1, "'x' is undefined"));
        assertThat(render("{{ raise_exception('no') }}", Map.of()))
                .isEqualTo(new Rendering.Raised("no"));
        assertThat(ChatTemplate.read(" ".repeat(1 << 21), Limits.USUAL))
                .isInstanceOf(ChatTemplate.Reading.Refused.class);
    }

    @Test
    void outputBeyondTheLimitIsRefused() {
        var limits = new Limits(10, 1000, 50);
        var read = ChatTemplate.read("{{ x }}", limits);
        var template = ((ChatTemplate.Reading.Ready) read).template();

        assertThat(template.render(Map.of("x", Value.of("0123456789")), ChatGoldensTest.NOW))
                .isInstanceOf(Rendering.Rendered.class);
        assertThat(template.render(Map.of("x", Value.of("0123456789a")), ChatGoldensTest.NOW))
                .isInstanceOf(Rendering.Refused.class);
    }

    @Test
    void aMegabyteOfConversationIsRendered() {
        var content = "line of text\n".repeat(80_000);
        var messages = Value.of(List.of(Map.of("role", "user", "content", content)));

        var done = rendered(ChatGoldensTest.read("thinking.jinja"), Map.of("messages", messages));

        assertThat(done.text()).contains(content);
    }

    @Test
    void valuesAreMadeFromPlainOnes() {
        var done =
                rendered(
                        "{{ v }}",
                        Map.of(
                                "v",
                                Value.of(
                                        java.util.Arrays.asList(
                                                1,
                                                2L,
                                                new BigInteger("3"),
                                                new BigDecimal("4.5"),
                                                5.5f,
                                                true,
                                                null,
                                                "s",
                                                Map.of("k", List.of())))));

        assertThat(done.text()).isEqualTo("[1, 2, 3, 4.5, 5.5, True, None, 's', {'k': []}]");
        assertThatThrownBy(() -> Value.of(new Object()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Value.of(Map.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        var deep = new Object[] {List.of()};
        for (var i = 0; i < 200; i++) {
            deep[0] = List.of(deep[0]);
        }
        assertThatThrownBy(() -> Value.of(deep[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesDoNotShowTheirContent() {
        assertThat(Value.of("secret").toString()).doesNotContain("secret");
        assertThat(Value.of(List.of("secret")).toString()).doesNotContain("secret");
        assertThat(Value.of(Map.of("secret", "secret")).toString()).doesNotContain("secret");
        assertThat(rendered("{{ c }}", Map.of("c", Value.of("secret"))).toString())
                .doesNotContain("secret");
    }
}
