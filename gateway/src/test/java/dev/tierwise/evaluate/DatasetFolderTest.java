package dev.tierwise.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderTest {
    private static final String PROMPTS =
            """
            {"prompt_id": "a", "task": "t", "prompt": "One?"}
            {"prompt_id": "b", "task": "t", "prompt": "Two?"}
            """;
    private static final String SCORES = "prompt_id,model,score\na,m,1\nb,m,0\n";

    @TempDir private Path folder;

    private DatasetFolder.Made read(String prompts, String scores) throws IOException {
        Files.writeString(folder.resolve("prompts.jsonl"), prompts);
        Files.writeString(folder.resolve("scores.csv"), scores);
        return DatasetFolder.read(folder, _ -> true);
    }

    private static String problem(DatasetFolder.Made made) {
        return made instanceof DatasetFolder.Made.Bad(String problem) ? problem : "";
    }

    private static Dataset data(DatasetFolder.Made made) {
        return ((DatasetFolder.Made.Good) made).dataset();
    }

    @Test
    void plainFilesAreReadAsPackedOnesAre() throws IOException {
        Dataset data = data(read(PROMPTS, SCORES));

        assertThat(data.score("m")).containsExactly(1, 0);
        assertThat(data.prompts()).extracting(Dataset.Item::id).containsExactly("a", "b");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThat(problem(DatasetFolder.read(folder.resolve("none"), _ -> true)))
                .startsWith("there is no folder ");
        assertThat(problem(DatasetFolder.read(folder, _ -> true)))
                .contains("has no prompts.jsonl or prompts.jsonl.gz");
        Files.writeString(folder.resolve("prompts.jsonl"), PROMPTS);
        assertThat(problem(DatasetFolder.read(folder, _ -> true))).contains("has no scores.csv");
    }

    @Test
    void damagedLinesAreToldByFileAndNumber() throws IOException {
        assertThat(problem(read(PROMPTS + "{\"prompt_id\": \n", SCORES)))
                .contains("prompts.jsonl, line 3: no JSON object");
        assertThat(problem(read("{\"prompt_id\": \"a\"}\n", SCORES)))
                .contains("prompts.jsonl, line 1: needs a string");
        assertThat(problem(read(PROMPTS, "prompt_id,model,score\na,m,1\nb,m,2\n")))
                .contains("scores.csv, line 3: the score must be a number from 0 to 1");
        assertThat(problem(read(PROMPTS, "prompt_id,model,score\na,m,1\nb,m\n")))
                .contains("scores.csv, line 3: no `score`");
        assertThat(problem(read(PROMPTS, "id,model,score\na,m,1\n")))
                .contains("scores.csv, line 2: no `prompt_id`");
        assertThat(problem(read(PROMPTS, "prompt_id,model,score\nc,m,1\n")))
                .contains("has no score of any prompt");
    }

    @Test
    void outputsThatAreDamagedAreToldToo() throws IOException {
        Files.writeString(folder.resolve("outputs.jsonl"), "{\"prompt_id\": \"a\"}\n");

        assertThat(problem(read(PROMPTS, SCORES))).contains("outputs.jsonl, line 1: needs strings");
    }

    @Test
    void aFileThatWasCutShortIsTold() throws IOException {
        Path whole = ResultFolder.sums(folder.resolve("whole"), 0, 50);
        for (String name : new String[] {"prompts.jsonl.gz", "scores.csv.gz"}) {
            byte[] bytes = Files.readAllBytes(whole.resolve(name));
            Files.write(whole.resolve(name), Arrays.copyOf(bytes, bytes.length - 12));

            assertThat(problem(DatasetFolder.read(whole, _ -> true)))
                    .contains(name + " is cut short")
                    .contains("fetch it or pack it once more");

            Files.write(whole.resolve(name), bytes);
        }
    }

    @Test
    void whatIsNoGzipIsTold() throws IOException {
        Files.writeString(folder.resolve("prompts.jsonl.gz"), PROMPTS);

        assertThat(problem(DatasetFolder.read(folder, _ -> true)))
                .contains("prompts.jsonl.gz is damaged");
    }

    @Test
    void aColumnOfSolutionsIsNotTakenForAnswers() throws IOException {
        String solutions = "prompt_id,model,score,answer\na,m,1,7\na,n,0,7\nb,m,0,8\nb,n,1,8\n";
        String answers = "prompt_id,model,score,answer\na,m,1,7\na,n,0,5\nb,m,0,8\nb,n,1,9\n";

        assertThat(data(read(PROMPTS, solutions)).answers()).isEmpty();
        assertThat(data(read(PROMPTS, answers)).answers()).containsOnlyKeys("m", "n");
    }

    @Test
    void aQuotedFieldMayHoldLines() throws IOException {
        Dataset data =
                data(read(PROMPTS, "prompt_id,model,score,pred\na,m,1,\"x,\ny\"\nb,m,0,z\n"));

        assertThat(data.answers().get("m")).containsExactly("x,\ny", "z");
    }
}
