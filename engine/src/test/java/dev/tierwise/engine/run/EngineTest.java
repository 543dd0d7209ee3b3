package dev.tierwise.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierwise.engine.gguf.TensorType;
import dev.tierwise.engine.model.RandomModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineTest {
    @TempDir private static Path folder;
    private Engine engine;

    private static final Engine.Settings SETTINGS = new Engine.Settings(2, 8, 256, 32);

    @BeforeAll
    void open() {
        engine = open(TensorType.F32);
    }

    private Engine open(TensorType type) {
        Path path = RandomModel.write(folder.resolve(type + ".gguf"), "llama", type);
        return ((Engine.Opening.Ready) Engine.open(path, SETTINGS)).engine();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private static Tokens prompt(long seed, int length) {
        return Tokens.of(new Random(seed).ints(length, 0, 250).toArray());
    }

    private Answer ask(Ask ask) {
        var answer = new Answer();
        engine.start(ask, answer);
        return answer;
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "Q8_0", "Q4_0", "Q4_K"})
    void eightAtOnceGetWhatEachGetsAlone(TensorType type) {
        try (Engine own = open(type)) {
            List<Tokens> prompts =
                    IntStream.range(0, 8).mapToObj(i -> prompt(i, 5 + i * 9)).toList();
            List<List<Integer>> alone =
                    prompts.stream()
                            .map(prompt -> {
                                var answer = new Answer();
                                own.start(Ask.greedy(prompt, 30), answer);
                                answer.end();
                                return answer.ids();
                            })
                            .toList();
            var answers = new ArrayList<Answer>();
            for (Tokens prompt : prompts) {
                var answer = new Answer();
                answers.add(answer);
                own.start(Ask.greedy(prompt, 30), answer);
            }

            assertThat(
                            answers.stream()
                                    .map(answer -> {
                                        answer.end();
                                        return answer.ids();
                                    }))
                    .isEqualTo(alone);
        }
    }

    @Test
    void whatAnEarlierPromptBeganWithIsNotTakenInAgain() {
        Tokens longer = prompt(20, 60);
        int[] ids = IntStream.range(0, 50).map(longer::at).toArray();

        Listener.End first = ask(Ask.greedy(longer, 4)).end();
        Answer second = ask(Ask.greedy(Tokens.of(ids), 4));

        assertThat(first.counts().cached()).isZero();
        assertThat(second.end().counts().cached()).isEqualTo(49);
        try (Engine fresh = open(TensorType.F32)) {
            var alone = new Answer();
            fresh.start(Ask.greedy(Tokens.of(ids), 4), alone);
            alone.end();
            assertThat(second.ids()).isEqualTo(alone.ids());
        }
    }

    @Test
    void aBusyPlaceLendsWhatItKnows() {
        var busy = new Answer();
        Tokens prompt = prompt(30, 40);
        Engine.Ticket ticket = engine.start(Ask.greedy(prompt, 200), busy);
        assertThat(busy.has(1)).isTrue();

        Answer twin = ask(Ask.greedy(prompt, 3));

        assertThat(twin.end().counts().cached()).isEqualTo(39);
        ticket.cancel();
        busy.end();
        assertThat(twin.ids()).isEqualTo(busy.ids().subList(0, 3));
    }

    @Test
    void cancelledRequestsGiveTheirPlacesBack() {
        for (int round = 0; round < 20; round++) {
            var answers = new ArrayList<Answer>();
            var tickets = new ArrayList<Engine.Ticket>();
            for (int i = 0; i < 12; i++) {
                var answer = new Answer();
                answers.add(answer);
                tickets.add(engine.start(Ask.greedy(prompt(round, 10), 240), answer));
            }
            assertThat(answers.getFirst().has(1)).isTrue();
            tickets.forEach(Engine.Ticket::cancel);
            for (Answer answer : answers) {
                assertThat(answer.end().why())
                        .isIn(Listener.Why.CANCELLED, Listener.Why.STOP, Listener.Why.LENGTH);
            }
        }

        assertThat(ask(Ask.greedy(prompt(1, 5), 2)).end().why()).isEqualTo(Listener.Why.LENGTH);
        assertThat(engine.status().waiting()).isZero();
    }

    @Test
    void optionsGetTheSumOfTheirTokensChances() {
        Tokens prompt = prompt(40, 12);
        List<Tokens> options =
                List.of(Tokens.of(65), Tokens.of(66, 67, 68), Tokens.of(66, 67), Tokens.of(70, 71));

        Scores scores = engine.score(prompt, options).join();

        for (int i = 0; i < options.size(); i++) {
            assertThat(scores.logprobs().get(i))
                    .isCloseTo(byHand(prompt, options.get(i)), within(1e-3));
        }
        assertThat(scores.shares().stream().mapToDouble(share -> share).sum())
                .isCloseTo(1, within(1e-9));
    }

    /// Asks for each token of the option by itself, with all chances.
    private double byHand(Tokens prompt, Tokens option) {
        double sum = 0;
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < prompt.size(); i++) {
            ids.add(prompt.at(i));
        }
        for (int i = 0; i < option.size(); i++) {
            int wanted = option.at(i);
            Tokens soFar = Tokens.of(ids.stream().mapToInt(id -> id).toArray());
            var ask = new Ask(soFar, 1, Sampling.GREEDY, List.of(), null, null, 0, 260);
            Answer answer = ask(ask);
            answer.end();
            sum +=
                    answer.tokens().getFirst().others().stream()
                            .filter(chance -> chance.id() == wanted)
                            .findFirst()
                            .orElseThrow()
                            .logprob();
            ids.add(wanted);
        }
        return sum;
    }

    @Test
    void onlyWhatTheConstraintAllowsIsSaid() {
        var constraint =
                new Constraint() {
                    private int taken;

                    @Override
                    public long[] allowed() {
                        long[] mask = new long[5];
                        int id = taken < 6 ? 'a' + taken : 258;
                        mask[id >> 6] |= 1L << id;
                        return mask;
                    }

                    @Override
                    public void accept(int token) {
                        taken++;
                    }
                };

        Answer answer =
                ask(
                        new Ask(
                                prompt(50, 9),
                                50,
                                Sampling.GREEDY,
                                List.of(),
                                constraint,
                                null,
                                0,
                                -1));

        assertThat(answer.end().why()).isEqualTo(Listener.Why.STOP);
        assertThat(answer.text()).isEqualTo("abcdef");
    }

    @Test
    void stopTextsEndTheAnswerAndAreNotPartOfIt() {
        Answer whole = ask(Ask.greedy(prompt(60, 9), 20));
        String text = whole.text();
        String stop = text.substring(5, 8);

        Answer cut =
                ask(new Ask(prompt(60, 9), 20, Sampling.GREEDY, List.of(stop), null, null, 0, -1));

        assertThat(cut.text()).isEqualTo(text.substring(0, text.indexOf(stop)));
        assertThat(cut.end().why()).isEqualTo(Listener.Why.STOP);
    }

    @Test
    void promptsThatDoNotFitAreRefusedWithTheirSize() {
        Listener.End end = ask(Ask.greedy(prompt(70, 256), 5)).end();

        assertThat(end.why()).isEqualTo(Listener.Why.FAILED);
        assertThat(end.message()).contains("256 tokens");
    }

    @Test
    void answersEndWhereTheContextIsFull() {
        Answer answer = ask(Ask.greedy(prompt(71, 250), 0));

        assertThat(answer.end().why()).isEqualTo(Listener.Why.LENGTH);
        assertThat(answer.ids()).hasSizeBetween(1, 7);
    }

    @Test
    void embeddingsAreOfLengthOneAndDifferByText() {
        List<Float> one = engine.embed(prompt(80, 70)).join();
        List<Float> same = engine.embed(prompt(80, 70)).join();
        List<Float> other = engine.embed(prompt(81, 70)).join();

        assertThat(one).hasSize(64).isEqualTo(same).isNotEqualTo(other);
        assertThat(one.stream().mapToDouble(x -> x * x).sum()).isCloseTo(1, within(1e-5));
    }

    @Test
    void closingEndsWhatRuns() {
        Engine own = open(TensorType.F32);
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < 20; i++) {
            var answer = new Answer();
            answers.add(answer);
            own.start(Ask.greedy(prompt(i, 10), 200), answer);
        }

        own.close();

        for (Answer answer : answers) {
            assertThat(answer.end()).isNotNull();
        }
    }

    @Test
    void anErrorIsToldToEverybody() {
        try (Engine own = open(TensorType.F32)) {
            var other = new Answer();
            var broken = new CompletableFuture<Listener.End>();
            own.start(Ask.greedy(prompt(90, 10), 200), other);

            own.start(
                    Ask.greedy(prompt(91, 10), 200),
                    new Listener() {
                        @Override
                        public void token(Token token) {
                            throw new NoClassDefFoundError("made by a test");
                        }

                        @Override
                        public void end(End how) {
                            broken.complete(how);
                        }
                    });

            assertThat(broken.join().why()).isEqualTo(Listener.Why.FAILED);
            assertThat(other.end().message()).contains("the engine failed");
            var late = new Answer();
            own.start(Ask.greedy(prompt(92, 10), 5), late);
            assertThat(late.end().why()).isEqualTo(Listener.Why.FAILED);
        }
    }
}
