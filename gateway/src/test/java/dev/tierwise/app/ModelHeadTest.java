package dev.tierwise.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tierwise.engine.gguf.GgufWriter;
import dev.tierwise.fit.KvCache;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.Quantisation;
import dev.tierwise.fit.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelHeadTest {
    private static final int LAYERS = 12;

    @TempDir Path temporary;

    @Test
    void aFilesHeadTellsItsShape() throws IOException {
        Path file = file("gemma3", 15);

        ModelShape shape = shape(ModelHead.read(file.toString()));

        assertThat(shape.usual()).isEqualTo(Quantisation.Q4_K_M);
        assertThat(shape.layers()).isEqualTo(LAYERS);
        assertThat(Weights.of(shape, shape.usual()).orElseThrow().bytes().whole())
                .isEqualTo(Files.size(file));
        // 2 full layers of 8,192 positions and 10 of a window of 512 and a batch of 512
        var load = new Load(shape, shape.usual(), 8192, 1, KvCache.Type.F16);
        assertThat(KvCache.of(load).orElseThrow().whole())
                .isEqualTo((2 * 8192 + 10 * 1024) * 2L * 2 * 64 * 2);
    }

    @Test
    void anArchitectureWhoseLayersAreUnknownHasNoCache() throws IOException {
        ModelShape shape = shape(ModelHead.read(file("mamba9", 15).toString()));

        assertThat(shape.attention()).isNull();
    }

    /// What llama-server printed of a file with this head: 128 MiB of keys and values and 50.25 of
    /// states for 4,096 tokens.
    @Test
    void layersWithAStateAreCounted() throws IOException {
        Path file = temporary.resolve("hybrid.gguf");
        new GgufWriter()
                .text("general.architecture", "qwen35")
                .whole("general.file_type", 15)
                .whole("qwen35.block_count", 33)
                .whole("qwen35.nextn_predict_layers", 1)
                .whole("qwen35.embedding_length", 4096)
                .whole("qwen35.attention.head_count", 16)
                .whole("qwen35.attention.head_count_kv", 4)
                .whole("qwen35.attention.key_length", 256)
                .whole("qwen35.feed_forward_length", 12_288)
                .whole("qwen35.vocab_size", 248_320)
                .whole("qwen35.full_attention_interval", 4)
                .whole("qwen35.ssm.conv_kernel", 4)
                .whole("qwen35.ssm.state_size", 128)
                .whole("qwen35.ssm.inner_size", 4096)
                .whole("qwen35.ssm.group_count", 16)
                .write(file);

        ModelShape shape = shape(ModelHead.read(file.toString()));

        var load = new Load(shape, shape.usual(), 4096, 1, KvCache.Type.F16);
        assertThat(KvCache.of(load).orElseThrow().value() / (1 << 20)).isEqualTo(178.25);
    }

    @Test
    void whatCannotBePlannedIsTold() throws IOException {
        assertThat(problem(ModelHead.read(file("llama", 23).toString())))
                .contains("stored in a way that cannot be planned");
        Path none = temporary.resolve("none.gguf");
        assertThat(problem(ModelHead.read(none.toString()))).contains("none.gguf");
        Path text = Files.writeString(temporary.resolve("text.gguf"), "no model at all, but text");
        assertThat(problem(ModelHead.read(text.toString()))).contains("does not begin with GGUF");
    }

    @Test
    void ofAFileElsewhereTheHeadIsFetchedOnly() throws IOException {
        byte[] whole = Files.readAllBytes(file("llama", 15));
        var sent = new AtomicLong();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/small.gguf",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1L << 32);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(whole);
                        byte[] more = new byte[1 << 16];
                        for (long at = whole.length; at < 1L << 32; at += more.length) {
                            out.write(more);
                            sent.addAndGet(more.length);
                        }
                    } catch (IOException _) {
                        exchange.close(); // the other side has enough
                    }
                });
        server.start();
        try {
            String place = "http://127.0.0.1:" + server.getAddress().getPort() + "/small.gguf";

            ModelShape shape = shape(ModelHead.read(place));

            assertThat(shape.id()).isEqualTo("small.gguf");
            assertThat(Weights.of(shape, shape.usual()).orElseThrow().bytes().whole())
                    .isEqualTo(1L << 32);
            assertThat(sent.get()).isLessThan(1L << 30);
            assertThat(problem(ModelHead.read(place.replace("small", "other"))))
                    .contains("status 404");
        } finally {
            server.stop(0);
        }
    }

    private static ModelShape shape(ModelHead.Made made) {
        if (made instanceof ModelHead.Made.Good(ModelShape shape)) {
            return shape;
        }
        throw new AssertionError(made.toString());
    }

    private static String problem(ModelHead.Made made) {
        return made instanceof ModelHead.Made.Bad(String problem) ? problem : made.toString();
    }

    /// A model of twelve layers, its weights left out but for one matrix.
    private Path file(String architecture, long type) throws IOException {
        Path file = temporary.resolve("small.gguf");
        new GgufWriter()
                .text("general.architecture", architecture)
                .whole("general.file_type", type)
                .whole(architecture + ".block_count", LAYERS)
                .whole(architecture + ".context_length", 32768)
                .whole(architecture + ".embedding_length", 256)
                .whole(architecture + ".feed_forward_length", 512)
                .whole(architecture + ".attention.head_count", 4)
                .whole(architecture + ".attention.head_count_kv", 2)
                .whole(architecture + ".attention.sliding_window", 512)
                .texts(
                        "tokenizer.ggml.tokens",
                        IntStream.range(0, 1000).mapToObj(i -> "token" + i).toList())
                .write(file);
        return file;
    }
}
