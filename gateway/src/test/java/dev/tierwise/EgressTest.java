package dev.tierwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// There is one way out for prompts. A new class that opens a connection or writes to one breaks
/// this test, and whoever adds it has to show here which permit it asks for.
class EgressTest {
    /// Calls that open a connection to another program.
    private static final Pattern OPENS =
            Pattern.compile(
                    "io/vertx/core/Vertx\\.create(HttpClient|NetClient|DatagramSocket|WebSocketClient).*"
                            + "|io/vertx/core/Vertx\\.(httpClientBuilder)"
                            + "|java/net/http/HttpClient.*|java/net/(Socket|DatagramSocket)\\.<init>"
                            + "|java/net/URL\\.open.*|java/nio/channels/\\w*SocketChannel\\.open"
                            + "|javax/net/.*SocketFactory\\.createSocket"
                            + "|io/netty/bootstrap/Bootstrap\\..*");

    /// Calls that write to one.
    private static final Pattern WRITES =
            Pattern.compile("io/vertx/core/http/HttpClientRequest\\.(send|end|write|sendHead.*)");

    @Test
    void fiveClassesOpenConnections() {
        // Upstream takes prompts, against a permit; HttpFetch asks servers what they are, and
        // LoopbackFetch those of this machine; HttpDownload fetches model files; the self-test
        // asks the gateway itself, on loopback
        assertThat(classesThatCall(OPENS))
                .containsExactlyInAnyOrder(
                        "dev/tierwise/call/http/Upstream",
                        "dev/tierwise/call/http/HttpFetch",
                        "dev/tierwise/call/http/HttpDownload",
                        "dev/tierwise/call/http/LoopbackFetch",
                        "dev/tierwise/prove/Asker");
    }

    @Test
    void promptsAreWrittenInOnePlaceAgainstAPermit() {
        assertThat(classesThatCall(WRITES))
                .containsExactlyInAnyOrder(
                        "dev/tierwise/call/http/Journey",
                        "dev/tierwise/call/http/HttpFetch",
                        "dev/tierwise/prove/Asker");
        // the one of the two that carries prompts cannot have bytes without the permit for them
        assertThat(classesThatCall(Pattern.compile("dev/tierwise/guard/Permit\\.objection")))
                .containsExactly("dev/tierwise/call/http/Cargo");
        assertThat(classesThatCall(Pattern.compile("dev/tierwise/call/http/Cargo\\.objection")))
                .containsExactly("dev/tierwise/call/http/Journey");
    }

    @Test
    void onlyTheGuardMakesClearancesAndPermits() {
        assertThat(classesThatCall(Pattern.compile("dev/tierwise/guard/Clearance\\.<init>")))
                .containsExactly("dev/tierwise/guard/Guard");
        assertThat(classesThatCall(Pattern.compile("dev/tierwise/guard/Permit\\.<init>")))
                .containsExactly("dev/tierwise/guard/Permits");
        assertThat(classesThatCall(Pattern.compile("dev/tierwise/guard/Permits\\.issue")))
                .containsExactly("dev/tierwise/guard/Clearance");
    }

    private static Set<String> classesThatCall(Pattern what) {
        var found = new TreeSet<String>();
        for (Path classes : Project.CLASSES) {
            for (Path file : Project.files(classes, ".class")) {
                if (calls(file, what)) {
                    String name = classes.relativize(file).toString().replace('\\', '/');
                    found.add(name.replaceAll("(\\$.*)?\\.class$", ""));
                }
            }
        }
        return found;
    }

    private static boolean calls(Path file, Pattern what) {
        try {
            for (var entry : ClassFile.of().parse(file).constantPool()) {
                if (entry instanceof MemberRefEntry member
                        && what.matcher(
                                        member.owner().asInternalName()
                                                + "."
                                                + member.name().stringValue())
                                .matches()) {
                    return true;
                }
            }
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
