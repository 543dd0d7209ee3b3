package dev.tierwise.experience;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answers that feedback may still come for, the last of them, at most a week old. Thread-safe.
final class Recent {
    private static final Duration OLDEST = Duration.ofDays(7);

    private final int most;
    private final Map<String, Kept> answers = new LinkedHashMap<>();

    /// An answer in little room.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(
            long atMillis,
            String key,
            String task,
            String model,
            byte[] traits,
            float foretold,
            float judged,
            float score,
            @Nullable Boolean accepted) {
        Answered whole(String id) {
            return new Answered(
                    id,
                    Instant.ofEpochMilli(atMillis),
                    key,
                    task,
                    model,
                    Traits.unpacked(traits),
                    foretold,
                    judged,
                    score,
                    accepted);
        }
    }

    Recent(int most) {
        this.most = most;
    }

    void add(Answered answer) {
        var kept =
                new Kept(
                        answer.at().toEpochMilli(),
                        answer.key(),
                        answer.task(),
                        answer.model(),
                        Traits.packed(answer.traits()),
                        (float) answer.foretold(),
                        (float) answer.judged(),
                        (float) answer.score(),
                        answer.accepted());
        synchronized (answers) {
            answers.put(answer.requestId(), kept);
            if (answers.size() > most) {
                var oldest = answers.entrySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    Optional<Answered> find(String requestId, Instant now) {
        Kept kept;
        synchronized (answers) {
            kept = answers.get(requestId);
        }
        return kept == null || now.toEpochMilli() - kept.atMillis > OLDEST.toMillis()
                ? Optional.empty()
                : Optional.of(kept.whole(requestId));
    }
}
