package dev.tierwise.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonSchemaTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /// A schema, a value that fits it and one that does not.
    private static final String[][] CASES = {
        {"{'type':'string'}", "'a'", "1"},
        {"{'type':['string','null']}", "null", "1"},
        {"{'type':'integer'}", "2.0", "2.5"},
        {"{'enum':['a',1]}", "1.0", "'b'"},
        {"{'const':'a'}", "'a'", "'b'"},
        {"{'required':['a']}", "{'a':1}", "{'b':1}"},
        {"{'properties':{'a':{'type':'string'}}}", "{'b':1}", "{'a':1}"},
        {"{'properties':{'a':{}},'additionalProperties':false}", "{'a':1}", "{'b':1}"},
        {"{'additionalProperties':{'type':'integer'}}", "{'b':1}", "{'b':'x'}"},
        {"{'patternProperties':{'^x':{'type':'integer'}}}", "{'xa':1}", "{'xa':'x'}"},
        {"{'minProperties':1,'maxProperties':2}", "{'b':1}", "{}"},
        {"{'items':{'type':'integer'}}", "[1,2]", "[1,'x']"},
        {"{'prefixItems':[{'type':'string'}],'items':false}", "['a']", "['a',1]"},
        {"{'minItems':2,'maxItems':3}", "[1,2]", "[1]"},
        {"{'uniqueItems':true}", "[1,2]", "[1,1]"},
        {"{'minimum':1,'exclusiveMaximum':3}", "1", "3"},
        {"{'multipleOf':0.1}", "0.3", "0.35"},
        {"{'minLength':2,'maxLength':3}", "'ab'", "'abcd'"},
        {"{'maxLength':1}", "'\uD83C\uDF19'", "'ab'"},
        {"{'pattern':'^[A-Z]{2}$'}", "'AB'", "'A1'"},
        {"{'anyOf':[{'type':'string'},{'minimum':5}]}", "'a'", "3"},
        {"{'oneOf':[{'minimum':5},{'maximum':7}]}", "3", "6"},
        {"{'allOf':[{'minimum':5},{'maximum':7}]}", "6", "3"},
        {"{'not':{'type':'string'}}", "1", "'a'"},
        {"{'if':{'minimum':5},'then':{'maximum':7},'else':{'maximum':1}}", "6", "3"},
        {"{'$ref':'#/$defs/n','$defs':{'n':{'type':'integer'}}}", "1", "'a'"},
        {
            "{'properties':{'next':{'$ref':'#'},'v':{'type':'integer'}}}",
            "{'next':{'next':{'v':1}}}",
            "{'next':{'next':{'v':'x'}}}"
        },
        {"false", "", "1"},
    };

    @Test
    void keywordsHold() {
        for (String[] one : CASES) {
            if (!one[1].isEmpty()) {
                assertThat(complaint(one[0], one[1])).as(one[0]).isEmpty();
            }
            assertThat(complaint(one[0], one[2])).as(one[0]).isNotEmpty();
        }
    }

    @Test
    void complaintNamesThePlaceAndNoValue() {
        String schema =
                "{'properties':{'items':{'items':{'properties':{'price':{'type':'number'}}}}}}";

        assertThat(complaint(schema, "{'items':[{'price':'sesame'}]}"))
                .isEqualTo("at $.items[].price: must be of type number");
    }

    @Test
    void whatIsNotKnownFits() {
        assertThat(complaint("{'$ref':'https://example.org/x'}", "1")).isEmpty();
        assertThat(complaint("{'pattern':'(?<'}", "'a'")).isEmpty();
        assertThat(complaint("{'format':'email','x-own':1}", "'a'")).isEmpty();
    }

    @Test
    void hostileSchemasEnd() {
        String wide = "{'anyOf':[{'$ref':'#'},{'$ref':'#'},{'$ref':'#'}]}";
        String letters = "a".repeat(450);

        assertThat(complaint(wide, "1")).isEmpty();
        assertThat(complaint("{'$ref':'#'}", "1")).isEmpty();
        assertThat(complaint("{'pattern':'(.*)(.*)(.*)(.*)(.*)b$'}", "'" + letters + "'"))
                .isEmpty();
        assertThat(complaint("{'pattern':'^(a|b)*$'}", "'" + letters + "'")).isEmpty();
        assertThat(complaint("{'multipleOf':1e-300}", "1e300")).isEmpty();
        assertThat(complaint("{'items':{'type':'integer'}}", "[" + "1,".repeat(300_000) + "1]"))
                .isEmpty();
    }

    private static String complaint(String schema, String value) {
        var rules = MAPPER.readTree(schema.replace('\'', '"'));
        return new JsonSchema(rules)
                .complaint(MAPPER.readTree(value.replace('\'', '"')))
                .orElse("");
    }
}
