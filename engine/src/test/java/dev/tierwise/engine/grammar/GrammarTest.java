package dev.tierwise.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GrammarTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Vocabulary VOCABULARY = new Vocabulary(3);

    static Grammar ready(Grammar.Made made) {
        return switch (made) {
            case Grammar.Made.Ready(Grammar grammar) -> grammar;
            case Grammar.Made.Refused(String message, String where) ->
                    throw new AssertionError(message + " at " + where);
        };
    }

    static boolean takes(Grammar grammar, String text) {
        Matcher matcher = grammar.matcher(VOCABULARY.trie());
        return matcher.accept(text.getBytes(StandardCharsets.UTF_8)) && matcher.mayEnd();
    }

    private static JsonNode json(String text) {
        return MAPPER.readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'string'}},'required':['a']} | {'a':1} | {'b':'x'}",
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'string'}},'required':['a']} | {'a':1, 'b':'é\\n'} | {'a':1,}",
                "{'type':'object','properties':{'a':{'type':'null'},'b':{},'c':{'type':'boolean'}}} | {'c':true} | {'c':1}",
                "{'type':'array','items':{'type':'number'},'minItems':2,'maxItems':3} | [1,-2.5e+3] | [1]",
                "{'type':'array','items':{'type':'number'},'minItems':2,'maxItems':3} | [1,2,3] | [1,2,3,4]",
                "{'enum':['red','green',3,null]} | 'green' | 'blue'",
                "{'const':{'a':[1,2]}} | {'a':[1,2]} | {'a':[1]}",
                "{'type':['string','null']} | null | 1",
                "{'type':'string','pattern':'^[A-Z]{2}-\\\\d+$'} | 'AB-42' | 'AB-'",
                "{'type':'string','minLength':2,'maxLength':3} | '日本' | '日'",
                "{'type':'string','format':'date'} | '2026-02-28' | '2026-13-01'",
                "{'anyOf':[{'type':'integer'},{'type':'boolean'}]} | false | 'a'",
                "{'$defs':{'t':{'type':'object','properties':{'next':{'anyOf':[{'$ref':'#/$defs/t'},{'type':'null'}]}},'required':['next']}},'$ref':'#/$defs/t'} | {'next':{'next':null}} | {'next':{}}",
                "{'type':'object','additionalProperties':{'type':'integer'}} | {'x':1,'y':2} | {'x':'1'}",
                "{'type':'integer'} | -0 | 01",
            })
    void schemasAreFollowed(String schema, String good, String bad) {
        Grammar grammar = ready(Grammar.ofSchema(json(schema)));

        assertThat(takes(grammar, good.replace('\'', '"'))).isTrue();
        assertThat(takes(grammar, bad.replace('\'', '"'))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'integer','minimum':3}",
                "{'type':'string','contentEncoding':'base64'}",
                "{'type':'object','patternProperties':{}}",
                "{'type':'object','properties':{'a':{'not':{}}}}",
                "{'type':'string','pattern':'abc'}",
                "{'type':'string','pattern':'^(?=a)b$'}",
                "{'type':'string','format':'hostname'}",
                "{'oneOf':[{'type':'integer'},{'type':'number'}]}",
                "{'allOf':[{'type':'integer'},{'type':'number'}]}",
                "{'$ref':'http://example.com/x'}",
                "{'$ref':'#/nowhere'}",
                "{'type':'object','properties':{},'required':['a']}",
                "{'type':'strange'}",
                "{'enum':[]}",
                "[]",
                "{'$ref':'#'}",
            })
    void whatIsNotKnownIsRefused(String schema) {
        assertThat(Grammar.ofSchema(json(schema))).isInstanceOf(Grammar.Made.Refused.class);
    }

    @Test
    void largeSchemasAreRefusedAndDoNotFillTheMemory() {
        var deep = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            deep.append("{'type':'array','items':");
        }
        deep.append("{'type':'null'}").append("}".repeat(150));
        String wide = "{'type':'array','maxItems':2000,'items':".repeat(3) + "{}" + "}".repeat(3);

        assertThat(Grammar.ofSchema(json(deep.toString())))
                .isInstanceOf(Grammar.Made.Refused.class);
        assertThat(ready(Grammar.ofSchema(json(wide)))).isNotNull();
        assertThat(Grammar.ofRegex("(a{2000}){2000}".repeat(80)))
                .isInstanceOf(Grammar.Made.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(yes|no)",
                "[a-f0-9]{4,6}",
                "\\d+(\\.\\d+)?",
                "[^a-z\\s]+x?",
                "(ab|cd)*e",
                "é[日-本]?",
                "\\w{3}-\\W",
                "a.c",
                "[\\d-]{1,3}",
                "x{2,}",
                "\\u00e9|\\x41"
            })
    void expressionsMatchWhatJavasMatch(String expression) {
        Grammar grammar = ready(Grammar.ofRegex(expression));
        Pattern pattern = Pattern.compile(expression);
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            String text = Walk.through(grammar, VOCABULARY, random);
            assertThat(pattern.matcher(text).matches()).as(text).isTrue();
        }
        String letters = "abcdefxyz0189.-é日AB ";
        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(takes(grammar, text.toString()))
                    .as(text.toString())
                    .isEqualTo(pattern.matcher(text).matches());
        }
    }

    @Test
    void llamaCppsNotationIsFollowed() {
        Grammar grammar =
                ready(
                        Grammar.ofGbnf(
                                """
                                # a list of moves
                                root ::= "1. " move (" " move)? "\\n" tail{0,2}
                                tail ::= [0-9]+ ": " ( move | "end" )
                                       "\\n"
                                """
                                                .replace("\n       \"", " \"")
                                        + "move ::= [a-h] [1-8] [+#]? | \"O-O\"\n"));

        assertThat(takes(grammar, "1. e4 e5\n")).isTrue();
        assertThat(takes(grammar, "1. O-O\n12: end\n3: a1#\n")).isTrue();
        assertThat(takes(grammar, "1. i4\n")).isFalse();
        assertThat(Grammar.ofGbnf("root ::= x")).isInstanceOf(Grammar.Made.Refused.class);
        assertThat(Grammar.ofGbnf("root ::= root \"a\" | \"b\""))
                .isInstanceOf(Grammar.Made.Refused.class);
        assertThat(Grammar.ofGbnf("root ::= \"a\" root")).isInstanceOf(Grammar.Made.Refused.class);
        assertThat(Grammar.ofGbnf("root := \"a\"")).isInstanceOf(Grammar.Made.Refused.class);
    }

    @Test
    void theMaskIsWhatTokenByTokenWouldBeTaken() {
        var random = new Random(8);
        Grammar grammar = ready(Grammar.ofJson());
        for (int round = 0; round < 60; round++) {
            Matcher matcher = grammar.matcher(VOCABULARY.trie());
            var soFar = new ArrayList<byte[]>();
            for (int step = 0; step < 12; step++) {
                long[] mask = matcher.allowed();
                List<Integer> allowed = new ArrayList<>();
                for (int token = 1; token < VOCABULARY.size(); token++) {
                    Matcher other = grammar.matcher(VOCABULARY.trie());
                    soFar.forEach(other::accept);
                    boolean taken = other.accept(VOCABULARY.bytes(token));
                    assertThat((mask[token >> 6] >>> token & 1) != 0).isEqualTo(taken);
                    if (taken) {
                        allowed.add(token);
                    }
                }
                if (allowed.isEmpty()) {
                    break;
                }
                byte[] next = VOCABULARY.bytes(allowed.get(random.nextInt(allowed.size())));
                soFar.add(next);
                matcher.accept(next);
            }
        }
    }
}
