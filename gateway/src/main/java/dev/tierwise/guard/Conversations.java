package dev.tierwise.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tierwise.core.DataClass;
import dev.tierwise.core.Prompt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Remembers the class of conversations: what one turn was, the next turns are. A conversation is
/// known by its messages so far, as a client sends them again with every turn, and by the name that
/// the client gives it, if it does. Keeps keyed hashes, no text. Thread-safe.
final class Conversations {
    private static final Duration KEPT = Duration.ofHours(24);

    private final KeyedHash hash = new KeyedHash();
    private final Cache<KeyedHash.Digest, DataClass> classes =
            Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(KEPT).build();
    private volatile boolean used;

    /// Knows no conversation yet.
    Conversations() {}

    /// The class that earlier turns of this conversation had.
    ///
    /// @param who keeps apart the conversations of different callers
    /// @param name the name that the client gave it; null for none
    DataClass before(Prompt prompt, String who, @Nullable String name) {
        if (!used) {
            return DataClass.PUBLIC;
        }
        DataClass highest = DataClass.PUBLIC;
        if (name != null) {
            highest = highest.join(kept(hash.of(who, name)));
        }
        KeyedHash.Digest so = hash.of(who, "");
        for (Prompt.Message message : prompt.messages()) {
            so = after(so, message);
            highest = highest.join(kept(so));
        }
        return highest;
    }

    private DataClass kept(KeyedHash.Digest digest) {
        DataClass found = classes.getIfPresent(digest);
        return found == null ? DataClass.PUBLIC : found;
    }

    /// Remembers the class of the turn that `prompt` is. Ordinary classes need no remembering.
    void remember(Prompt prompt, String who, @Nullable String name, DataClass dataClass) {
        if (dataClass.compareTo(DataClass.INTERNAL) <= 0) {
            return;
        }
        used = true;
        KeyedHash.Digest so = hash.of(who, "");
        for (Prompt.Message message : prompt.messages()) {
            so = after(so, message);
        }
        raise(so, dataClass);
        if (name != null) {
            raise(hash.of(who, name), dataClass);
        }
    }

    private void raise(KeyedHash.Digest digest, DataClass dataClass) {
        classes.asMap().merge(digest, dataClass, DataClass::join);
    }

    private KeyedHash.Digest after(KeyedHash.Digest before, Prompt.Message message) {
        KeyedHash.Digest so = before;
        for (Prompt.Content content : message.content()) {
            so =
                    switch (content) {
                        case Prompt.Content.Text(String text) ->
                                hash.after(so, message.role(), text);
                        case Prompt.Content.Media(_, int bytes) ->
                                hash.after(so, message.role(), Integer.toString(bytes));
                    };
        }
        return so;
    }
}
