package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.catalogue.Catalogue;
import dev.tierwise.config.Config;
import dev.tierwise.config.ConfigFile;
import dev.tierwise.config.Reading;
import dev.tierwise.core.Capability;
import dev.tierwise.detect.Detector;
import dev.tierwise.discover.Found;
import dev.tierwise.fakes.FakeUpstream;
import dev.tierwise.fakes.Fault;
import dev.tierwise.fakes.Kind;
import dev.tierwise.fakes.RuntimeState;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookoutTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final FakeUpstream fake = FakeUpstream.start(Kind.OLLAMA);

    LookoutTest() {
        fake.runtime(new RuntimeState(100, 1).with("small:latest", 40));
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        fake.close();
    }

    private Gateway.Surroundings surroundings() {
        return new Gateway.Surroundings(
                Map.of("HOME", folder.toString())::get,
                Clock.systemUTC(),
                Catalogue.load(),
                () -> new Detector(List.of(), "test"));
    }

    private Config config(String url, String more) throws Exception {
        String yaml =
                """
                upstreams: [{name: box, backend: ollama, url: '%s'}]
                models: [{name: small, upstream: box, tier: local}]
                %s
                """
                        .formatted(url, more);
        Path file = Files.writeString(folder.resolve("tierwise.yaml"), yaml);
        return ((Reading.Loaded) ConfigFile.read(file, _ -> null)).config();
    }

    private static boolean has(Found found) {
        var abilities = found.abilities().get(Found.key("box", "small"));
        return abilities != null && abilities.capabilities().contains(Capability.LOGPROBS);
    }

    @Test
    void aRuntimeHasShownNothingUntilItAnswersAndIsBelievedWhileItIsAway() throws Exception {
        var lookout = new Lookout(vertx, surroundings());
        Config config = config(fake.url().toString(), "");
        fake.fault(Fault.REFUSE);

        Found down = lookout.look(config, LONG);
        fake.fault(Fault.NONE);
        Found up = lookout.look(config, LONG, down);
        fake.fault(Fault.REFUSE);
        Found away = lookout.look(config, LONG, up);

        assertThat(has(down)).isFalse();
        assertThat(has(up)).isTrue();
        assertThat(up.isLike(down)).isFalse();
        assertThat(away.isLike(up)).isTrue();
    }

    @Test
    void whileNothingMayLeaveNoOtherMachineIsAsked() throws Exception {
        var lookout = new Lookout(vertx, surroundings());
        Config away = config("http://192.0.2.1:11434", "policy: {local-only: true}");
        Config here = config(fake.url().toString(), "policy: {local-only: true}");

        Found elsewhere = lookout.look(away, LONG);
        Found near = lookout.look(here, LONG);

        assertThat(elsewhere.abilities()).isEmpty();
        assertThat(has(near)).isTrue();
        assertThat(lookout.homebound()).isTrue();
    }

    @Test
    void theSwitchOfTheCommandLineIsObeyed() throws Exception {
        var lookout = new Lookout(vertx, surroundings());
        boolean before = lookout.homebound();
        var file = new LocalOnlyFile(Folders.of(surroundings().environment()));
        file.turn(true, "drill");

        boolean after = lookout.homebound();
        file.turn(false, "");
        lookout.obey(() -> true);

        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(lookout.homebound()).isTrue();
    }
}
