package dev.tierwise.call.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierwise.call.Call;
import dev.tierwise.call.Model;
import dev.tierwise.call.Outcome;
import dev.tierwise.core.Caller;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Failure;
import dev.tierwise.core.ModelCard;
import dev.tierwise.core.Price;
import dev.tierwise.core.Prompt;
import dev.tierwise.core.Tier;
import dev.tierwise.engine.gguf.GgufWriter;
import dev.tierwise.engine.run.Engine;
import dev.tierwise.fakes.model.TinyModel;
import dev.tierwise.guard.Clearances;
import dev.tierwise.wire.Read;
import dev.tierwise.wire.openai.ChatReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Adapters as models of their own.
final class AdapterModelTest {
    private static final int WIDTH = 64;
    private static final int RANK = 2;
    private static final String BODY =
            "{\"model\":\"tiny\",\"temperature\":0,\"max_tokens\":12,"
                    + "\"logit_bias\":{\"256\":-100,\"258\":-100},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static final Caller ASKER = new Caller("k", null, Tier.LOCAL, null, DataClass.INTERNAL);

    @TempDir private Path folder;

    private final Residents residents = new Residents(1L << 40, Clock.systemUTC());
    private Path file = Path.of("");

    @BeforeEach
    void write() {
        file = TinyModel.usual().write(folder.resolve("tiny.gguf"));
    }

    @AfterEach
    void close() {
        residents.close();
    }

    @Test
    void oneModelInMemoryAnswersWithTheAdapterAndWithout() throws IOException {
        Model plain = model(null);
        Model changed = model(new EngineModel.Adapter(adapter(), 1));

        String before = text(plain);
        String adapted = text(changed);
        String after = text(plain);

        assertThat(adapted).isNotEqualTo(before);
        assertThat(after).isEqualTo(before);
        assertThat(text(changed)).isEqualTo(adapted);
        assertThat(residents.seen()).hasSize(1);
    }

    @Test
    void aScaleNearNothingChangesNothing() throws IOException {
        Model faint = model(new EngineModel.Adapter(adapter(), 1e-9));

        assertThat(text(faint)).isEqualTo(text(model(null)));
    }

    @Test
    void anAdapterThatCannotBeUsedIsSaidAndTheModelStaysFree() {
        Model broken = model(new EngineModel.Adapter(file, 1));

        var failed = (Outcome.Failed) ask(broken);

        assertThat(failed.failure()).isInstanceOf(Failure.Unready.class);
        assertThat(failed.failure().message()).contains("tiny.gguf");
        assertThat(residents.seen()).allMatch(seen -> seen.requests() == 0);
    }

    private Path adapter() throws IOException {
        var random = new Random(5);
        var out = new GgufWriter();
        out.text("general.type", "adapter").text("general.architecture", "llama");
        out.text("adapter.type", "lora").real("adapter.lora.alpha", 4);
        for (int layer = 0; layer < 2; layer++) {
            String name = "blk." + layer + ".attn_output.weight";
            out.tensor(name + ".lora_a", List.of((long) WIDTH, (long) RANK), numbers(random));
            out.tensor(name + ".lora_b", List.of((long) RANK, (long) WIDTH), numbers(random));
        }
        Path path = folder.resolve("adapter.gguf");
        out.write(path);
        return path;
    }

    private static float[] numbers(Random random) {
        float[] numbers = new float[WIDTH * RANK];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private Model model(EngineModel.@Nullable Adapter adapter) {
        var card =
                new ModelCard(
                        "tiny",
                        "built-in",
                        "tiny",
                        Tier.LOCAL,
                        DataClass.SECRET,
                        ModelCard.HOST,
                        512,
                        Set.of(),
                        Price.FREE);
        var settings = new Engine.Settings(1, 2, 512, 8);
        return new EngineModel(card, file, settings, residents, Clock.systemUTC(), null, adapter);
    }

    private static Outcome ask(Model model) {
        Prompt prompt =
                ((Read.Good<Prompt>) ChatReader.read(BODY.getBytes(StandardCharsets.UTF_8)))
                        .value();
        var clearance = Clearances.of(prompt, ASKER);
        return model.ask(clearance, new Call("request", Runnable::run, _ -> {}));
    }

    private static String text(Model model) {
        var whole = (Outcome.Whole) ask(model);
        return JsonMapper.shared()
                .readTree(whole.answer().body().bytes())
                .at("/choices/0/message/content")
                .asString();
    }
}
