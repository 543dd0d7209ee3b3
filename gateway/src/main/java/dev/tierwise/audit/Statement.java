package dev.tierwise.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The signed word that old segments were dropped by the trail itself, and from where on it can
/// still be checked.
///
/// @param through the last record dropped
/// @param segment the last segment dropped
/// @param checkpoint the last checkpoint dropped: the record it covered and the hash of its line
/// @param line all of it, as it stands in the file
record Statement(
        Checkpoint.Position through, int segment, Checkpoint.Position checkpoint, String line) {
    private static final Pattern FORM =
            Pattern.compile(
                    "\\{\"pruned_through\":([1-9][0-9]{0,17}),\"hash\":\"([0-9a-f]{64})\","
                            + "\"segment\":([1-9][0-9]{0,8}),\"checkpoint\":(0|[1-9][0-9]{0,17}),"
                            + "\"checkpoint_hash\":\"([0-9a-f]{64})\","
                            + "\"time\":\"[0-9TZ:.-]{24}\",\"key\":\"[0-9a-f]{32}\","
                            + "\"signature\":\"[0-9a-f]{128}\"}");

    static Statement sign(
            Checkpoint.Position through,
            int segment,
            Checkpoint.Position checkpoint,
            String time,
            SigningKey key) {
        String object =
                ("{\"pruned_through\":%d,\"hash\":\"%s\",\"segment\":%d,\"checkpoint\":%d,"
                                + "\"checkpoint_hash\":\"%s\",\"time\":\"%s\"")
                        .formatted(
                                through.sequence(),
                                through.hash(),
                                segment,
                                checkpoint.sequence(),
                                checkpoint.hash(),
                                time);
        return new Statement(through, segment, checkpoint, Seal.line(Seal.PRUNED, object, key));
    }

    /// The statement in a line; null when there is none.
    static @Nullable Statement read(String line) {
        Matcher form = FORM.matcher(line);
        return form.matches()
                ? new Statement(
                        new Checkpoint.Position(Long.parseLong(form.group(1)), form.group(2)),
                        Integer.parseInt(form.group(3)),
                        new Checkpoint.Position(Long.parseLong(form.group(4)), form.group(5)),
                        line)
                : null;
    }
}
