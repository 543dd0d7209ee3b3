package dev.tierwise.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SET", "hidden-value", "BLANK", " ", "TWO_LINES", "hidden\nvalue");

    @TempDir Path folder;

    private List<String> faults(String text) throws IOException {
        return faults(Files.writeString(folder.resolve("tierwise.yaml"), text));
    }

    private static List<String> faults(Path file) {
        return switch (ConfigFile.read(file, ENVIRONMENT::get)) {
            case Reading.Loaded _ -> List.of();
            case Reading.Invalid(List<Reading.Problem> problems) ->
                    problems.stream().map(Reading.Problem::text).toList();
        };
    }

    /// One faulty file a row: its text, with `/` for a line's end, and what is said of it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    servr: {port: 1} | 1: servr: unknown key; did you mean `server`?
                    server: {maxBody: 1MiB} | 1: server.maxBody: unknown key; did you mean `max-body`?
                    ledger: {file: x} | 1: ledger.file: unknown key; known here: `path`
                    server: {port: 99999} | 1: server.port: `99999` is out of range; write a number from 0 to 65535
                    server: {port: "80"} | 1: server.port: `80` is not a whole number; write a whole number without quotes
                    quality: .nan | 1: quality: `.nan` is not a number; write a number without quotes
                    quality: 1.5 | 1: quality: `1.5` is out of range; write a number from 0 to 1
                    server: {log-requests: yes} | 1: server.log-requests: `yes` is not true or false; write `true` or `false`
                    server: {allowed-origins: x} | 1: server.allowed-origins: `x` is not a list; write `[a, b]`, or lines that begin with `- `
                    server: {allowed-origins: ["*"]} | 1: server.allowed-origins[0]: `*` is not an origin; write scheme, host and port without a path, such as `https://chat.example.com`
                    server: 7 | 1: server: `7` is not a group of keys; write `key: value` lines below it, indented
                    server: {grace: 30} | 1: server.grace: `30` is not a duration or `0s`; write a whole number and a unit (`ms`, `s`, `m`, `h`, `d`), such as `30s`, up to `24d`, or `0s`
                    server: {body-timeout: 5 min} | 1: server.body-timeout: `5 min` is not a duration; write a whole number and a unit (`ms`, `s`, `m`, `h`, `d`), such as `30s`, up to `24d`
                    server: {max-body: 32MB} | 1: server.max-body: `32MB` is not a size; write a whole number and a unit (`KiB`, `MiB`, `GiB`), such as `32MiB`, up to `1GiB`
                    server: {heartbeat: on} | 1: server.heartbeat: `on` is not a duration or `off`; write a whole number and a unit (`ms`, `s`, `m`, `h`, `d`), such as `30s`, up to `24d`, or `off`
                    server: {host: 0.0.0.0} | 1: server.host: other machines can reach `0.0.0.0`, and there is no key; add one to `keys`, or listen on `127.0.0.1`
                    discovery: lokal | 1: discovery: `lokal` is not a kind of discovery; did you mean `local`?
                    models: | 1: models: has no value; give it one, or leave the key out
                    baseline: "" | 1: baseline: an empty text is not a name; write up to 200 printable ASCII characters without blanks at the ends, in quotes where they look like a number
                    baseline: *x | 1: baseline: refers to another place of the file by `*`; write the value out
                    keys: [{name: a}] | 1: keys[0]: `key` is missing; add `key: …`
                    keys:/- name: a/  key: sk-hidden | 3: keys[0].key: the value is not a reference to a secret; a secret itself is refused here; write `${env:NAME}` for an environment variable or `${file:/path}` for a file
                    keys: [{name: a, key: "${env:NONE}"}] | 1: keys[0].key: the environment variable NONE is not set; set it before the start: export NONE=…
                    keys: [{name: a, key: "${env:BLANK}"}] | 1: keys[0].key: the environment variable BLANK is not set; set it before the start: export BLANK=…
                    keys: [{name: a, key: "${env:TWO_LINES}"}] | 1: keys[0].key: the secret holds a blank or a letter that no header can carry; keep the secret alone there, on one line
                    keys: [{name: a, key: "${file:none}"}] | 1: keys[0].key: there is no file none; put the secret there, on one line
                    keys: [{name: a, key: "${file:.}"}] | 1: keys[0].key: the file . cannot be read; make it a file that the user of this process may read
                    keys:/- {name: a, key: "${env:SET}"}/- {name: b, key: "${env:SET}"} | 3: keys[1].key: the same secret as keys[0].key; give each key its own secret
                    keys:/- {name: a, key: "${env:SET}", max-tier: big} | 2: keys[0].max-tier: `big` is not a tier; write one of `local`, `mid`, `frontier`
                    upstreams:/- {name: a, backend: vllm}/- {name: a, backend: vllm} | 3: upstreams[1].name: `a` is the name of upstreams[0] too; give each its own name
                    upstreams: [{name: a, backend: x, url: "ftp:~~h"}] | 1: upstreams[0].url: the value is not an http or https address; write scheme, host and port, such as `http://127.0.0.1:11434`, without user, query or fragment
                    upstreams: [{name: a, backend: x, url: "http:~~u:p@h"}] | 1: upstreams[0].url: the value is not an http or https address; write scheme, host and port, such as `http://127.0.0.1:11434`, without user, query or fragment
                    upstreams: [{name: a, backend: x, url: "http:~~h:99999"}] | 1: upstreams[0].url: the value is not an address; write scheme, host and port, such as `http://127.0.0.1:11434`
                    upstreams: [{name: a, backend: vllm, api: native}] | 1: upstreams[0].api: only the backend `ollama` has this; leave the key out
                    models: [{name: a, upstream: b, tier: mid}] | 1: models[0].upstream: there is no upstream `b`; declare it in `upstreams`
                    upstreams: [{name: box, backend: vllm}]/models: [{name: a, upstream: bxo, tier: mid}] | 2: models[0].upstream: there is no upstream `bxo`; did you mean `box`?
                    upstreams: [{name: box, backend: vllm}]/models: [{name: auto, upstream: box, tier: mid}] | 2: models[0].name: `auto` and `tier:…` are names with a meaning of their own; choose another name
                    upstreams: [{name: box, backend: vllm}]/models: [{name: a, upstream: box, tier: mid, price: cheap}] | 2: models[0].price: `cheap` is not a price; write `free`, or `{input: 0.15, output: 0.60}` in US dollars per million tokens
                    upstreams: [{name: box, backend: vllm}]/models: [{name: a, upstream: box, tier: mid, price: {input: 1, output: 1, from: 2026-02-30}}] | 2: models[0].price.from: `2026-02-30` is not a date; write year, month and day, such as `2026-01-31`
                    upstreams: [{name: box, backend: vllm}]/models: [{name: a, upstream: box, tier: mid, price: {input: 0.0000000001, output: 1}}] | 2: models[0].price.input: is finer than a billionth of a dollar; write at most nine decimals
                    upstreams: [{name: box, backend: vllm}]/models: [{name: a, upstream: box, tier: mid, price: [{input: 1, output: 1}, {input: 1, output: 1}]}] | 2: models[0].price[1]: begins on the same day as another; give each its own `from`
                    upstreams: [{name: box, backend: vllm}]/models: [{name: a, upstream: box, tier: mid, price: []}] | 2: models[0].price: is an empty list; leave the key out
                    upstreams: [{name: box, backend: vllm}]/models: [{name: a, upstream: box, tier: mid, capabilities: [tools, tools]}] | 2: models[0].capabilities: lists something twice; list each once
                    discovery: off/rules: [{use: {model: big}}] | 2: rules[0].use.model: there is no model `big`; declare it in `models`
                    rules: [{use: {tier: mid, max-tier: mid}}] | 1: rules[0].use: says more than one thing; keep one of `tier`, `model`, `max-tier`
                    rules: [{use: {}}] | 1: rules[0].use: says nothing; write one of `tier`, `model`, `max-tier`
                    rules: [{when: {key: a}, use: {tier: mid}}] | 1: rules[0].when.key: there is no key `a`; declare it in `keys`
                    rules: [{when: {header: {X-Team: a}}, use: {tier: mid}}] | 1: rules[0].when.header.X-Team: the key is not a header's name; write it in lower case, such as `x-team`
                    quality: 1/quality: 1 | 2: quality: the key is here twice, first in line 1; keep one of them
                    quality: 1/---/quality: 1 | 3: a second document begins here; leave out the line `---` and what follows
                    just text | 1: `just text` is not a group of keys; write `key: value` lines below it, indented
                    server:/  port: 1/ host: x | 3: not YAML: expected <block end>, but found '<block mapping start>'; indent with spaces, and put text with `: ` or ` #` in quotes
                    """)
    void faultIsToldWithLineAndRemedy(String text, String fault) throws IOException {
        String yaml = text.replace("/", "\n").replace("~~", "//");

        List<String> faults = faults(yaml);

        assertThat(faults).containsExactly("tierwise.yaml:" + fault);
        assertThat(faults.toString()).doesNotContain("hidden");
    }

    @Test
    void modelsOfDiscoveryMayBeNamedByRules() throws IOException {
        assertThat(faults("rules: [{use: {model: found-later}}]")).isEmpty();
    }

    @Test
    void allFaultsAreToldAtOnceInTheOrderOfLines() throws IOException {
        String text =
                """
                models:
                  - name: a
                    teir: local
                    upstream: box
                quality: high
                upstreams: [{name: bx, backend: vllm, key: sk-hidden}]
                """;

        assertThat(faults(text))
                .containsExactly(
                        "tierwise.yaml:2: models[0]: `tier` is missing; add `tier: …`",
                        "tierwise.yaml:3: models[0].teir: unknown key; did you mean `tier`?",
                        "tierwise.yaml:4: models[0].upstream: there is no upstream `box`; did you mean"
                                + " `bx`?",
                        "tierwise.yaml:5: quality: `high` is not a number; write a number without"
                                + " quotes",
                        "tierwise.yaml:6: upstreams[0].key: the value is not a reference to a secret;"
                                + " a secret itself is refused here; write `${env:NAME}` for an"
                                + " environment variable or `${file:/path}` for a file");
    }

    @Test
    void brokenYamlShowsNothingOfTheFile() throws IOException {
        List<String> faults =
                faults("keys: [{name: a, key: sk-hidden: hidden\nx: hidden}\n  - hidden");

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst())
                .startsWith("tierwise.yaml:1: not YAML: ")
                .doesNotContain("hidden");
    }

    @Test
    void unreadableFileIsAFault() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        Path notText = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, 'a'});
        Path large = Files.writeString(folder.resolve("large.yaml"), " ".repeat((4 << 20) + 1));

        assertThat(faults(missing))
                .containsExactly(
                        "missing.yaml: there is no file "
                                + missing
                                + "; create it, or correct --config or TIERWISE_CONFIG");
        assertThat(faults(folder))
                .containsExactly(
                        folder.getFileName()
                                + ": cannot read "
                                + folder
                                + "; name a file, not a folder");
        assertThat(faults(notText)).containsExactly("bytes.yaml: not UTF-8 text; save it as UTF-8");
        assertThat(faults(large))
                .containsExactly("large.yaml: larger than 4 MiB; name a configuration file");
    }
}
