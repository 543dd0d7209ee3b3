package dev.tierwise.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir private Path folder;

    private Store store() {
        return new Store(folder);
    }

    private Stored keep(String name) throws IOException {
        Path own = Files.createDirectories(store().folder(name));
        var model =
                new Stored(
                        name,
                        "here",
                        Files.write(own.resolve("model.gguf"), new byte[] {1, 2, 3}),
                        "00",
                        3,
                        Instant.EPOCH,
                        null,
                        new Facts(null, null, 0, 0, "odd"),
                        Map.of());
        Manifest.write(own, model);
        return model;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Stored model = keep("hf.co/acme/tiny-GGUF:Q4_K_M");

        assertThat(store().list().models()).containsExactly(model);
        assertThat(store().named("HF.co/acme/tiny-gguf:q4_k_m")).contains(model);
    }

    @Test
    void aShorterFormFindsAModelWhileItFitsOneOnly() throws IOException {
        Stored small = keep("hf.co/acme/tiny-GGUF:Q4_K_M");
        Stored llama = keep("llama3.2:3b");
        for (String form : new String[] {"acme/tiny-GGUF", "tiny-GGUF:Q4_K_M", "tiny-gguf"}) {
            assertThat(store().find(form)).isEqualTo(new Store.Search.One(small));
        }
        assertThat(store().find("llama3.2")).isEqualTo(new Store.Search.One(llama));

        keep("hf.co/acme/tiny-GGUF:Q8_0");

        assertThat(store().find("tiny-GGUF")).isInstanceOf(Store.Search.Several.class);
        assertThat(store().find("tiny")).isInstanceOf(Store.Search.None.class);
    }

    @Test
    void removingGivesTheRoomBack() throws IOException {
        keep("llama3.2:3b");

        Store.Removal removal = store().remove("llama3.2:3b");

        assertThat(removal)
                .isInstanceOfSatisfying(
                        Store.Removal.Done.class,
                        done -> assertThat(done.bytes()).isGreaterThan(3));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aModelBeingPulledIsNotRemoved() throws IOException {
        Stored model = keep("llama3.2:3b");
        try (Lock lock = Lock.take(store().folder("llama3.2:3b"))) {
            assertThat(lock.held()).isTrue();

            assertThat(store().remove("llama3.2:3b")).isInstanceOf(Store.Removal.Failed.class);
        }
        assertThat(model.file()).exists();
    }

    @Test
    void aManifestThatPointsElsewhereOrIsBrokenIsNoModel() throws IOException {
        Path own = store().folder("llama3.2:3b");
        keep("llama3.2:3b");
        String text = Files.readString(own.resolve("model.json"));

        Files.writeString(own.resolve("model.json"), text.replace("model.gguf", "../../passwd"));
        assertThat(store().list().models()).isEmpty();
        Files.writeString(own.resolve("model.json"), text.substring(0, 40));
        assertThat(store().list().models()).isEmpty();
    }

    @Test
    void aStoreThatIsNotThereIsEmpty() {
        assertThat(new Store(folder.resolve("none")).list().models()).isEmpty();
    }
}
