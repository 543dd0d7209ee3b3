package dev.tierwise.call.held;

import dev.tierwise.call.AnswerStream;
import dev.tierwise.call.Ending;
import dev.tierwise.call.Sink;
import dev.tierwise.core.Body;
import dev.tierwise.core.Failure;
import dev.tierwise.core.reply.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A streamed answer that nobody sees until it was looked at: its events are kept as they come,
/// then either released, those that were kept first, or discarded. Used by one thread, whose
/// interrupt means that the client left: the upstream is then cancelled at once. Keeps at most
/// [#MOST_BYTES]; an upstream that sends more has to wait.
///
/// One of [#release] and [#discard] must be called once, or the upstream's slot stays taken.
public final class Holding {
    /// Bytes of events that are kept.
    public static final int MOST_BYTES = 4 << 20;

    /// More characters than any answer has: waits for the end.
    public static final int WHOLE = Integer.MAX_VALUE;

    /// Kept events are handed on in pieces of about this many bytes.
    private static final int PIECE = 1 << 16;

    private final AnswerStream stream;
    private final long begin = System.nanoTime();
    private final Object lock = new Object();
    private final Queue<Body> kept = new ArrayDeque<>();
    private final Heard heard = new Heard();
    private final Gate gate = new Gate();
    private int bytes;
    private int wanted;
    private boolean over;
    private boolean discarded;
    private boolean full;
    private boolean refused;
    private @Nullable Runnable resume;
    private @Nullable Ending ending;
    private boolean sent;
    private volatile @Nullable Sink open;

    private Holding(AnswerStream stream) {
        this.stream = stream;
    }

    /// Begins to keep what `stream` says.
    public static Holding of(AnswerStream stream) {
        var holding = new Holding(stream);
        stream.start(holding.gate, holding::noMore);
        return holding;
    }

    /// What the upstream hands its events to.
    private final class Gate implements Sink {
        @Override
        public boolean accept(Body event) {
            Sink taker = open;
            if (taker != null) {
                return taker.accept(event);
            }
            synchronized (lock) {
                taker = open;
                if (taker == null) {
                    return keep(event);
                }
            }
            return taker.accept(event);
        }

        /// An upstream that was told to wait because too much is kept goes on once that was let go.
        @Override
        public void whenDrained(Runnable then) {
            Sink taker;
            synchronized (lock) {
                taker = open;
                if (taker == null) {
                    resume = then;
                    return;
                }
                if (refused) {
                    refused = false;
                    taker = null;
                }
            }
            if (taker == null) {
                then.run();
            } else {
                taker.whenDrained(then);
            }
        }
    }

    private boolean keep(Body event) {
        if (discarded) {
            return true;
        }
        kept.add(event);
        bytes += event.bytes().length;
        full |= bytes > MOST_BYTES;
        if (!full) {
            heard.take(event);
        }
        if (full || heard.overflowed() || heard.length() >= wanted) {
            lock.notifyAll();
        }
        refused = full;
        return !full;
    }

    private void noMore() {
        synchronized (lock) {
            over = true;
            lock.notifyAll();
        }
    }

    /// Blocks until so many characters have come, of words and of arguments of calls, or the answer
    /// has ended or broken off, or is too long to be kept. May be called again for more.
    ///
    /// @param characters how many; [#WHOLE] for all
    /// @return what has come
    public Reply await(int characters) {
        return await(characters, 0);
    }

    /// The same, at most for `patience`.
    public Reply await(int characters, Duration patience) {
        return await(characters, Math.max(1, patience.toNanos()));
    }

    /// @param patience in nanoseconds; 0 for no limit
    private Reply await(int characters, long patience) {
        long begun = System.nanoTime();
        try {
            synchronized (lock) {
                wanted = characters;
                while (heard.length() < characters && !over && !overflowed()) {
                    long left = patience - (System.nanoTime() - begun);
                    if (patience == 0) {
                        lock.wait();
                    } else if (left > 0) {
                        lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                    } else {
                        break;
                    }
                }
            }
        } catch (InterruptedException _) {
            left();
        }
        settle();
        synchronized (lock) {
            wanted = WHOLE;
            return heard.reply();
        }
    }

    private void left() {
        Ending cut = drop();
        Thread.currentThread().interrupt();
        var gone = new Failure.Abandoned("The client left.");
        ending = new Ending(gone, cut.usage(), cut.finish(), cut.firstByte());
    }

    /// Takes note of how the stream has ended, once it has.
    private void settle() {
        boolean now;
        synchronized (lock) {
            now = over;
        }
        if (now && ending == null) {
            ending = stream.end();
        }
    }

    /// Why there is no whole answer, as far as is known by now: it broke off, or the client left.
    /// Nothing was sent, so another model may be asked.
    public @Nullable Failure failure() {
        Ending known = ending;
        return known == null ? null : known.failure();
    }

    /// How the stream ended, once that is known: after [#await] has seen the end.
    public @Nullable Ending ending() {
        return ending;
    }

    /// Whether the last reply was the whole answer.
    public boolean ended() {
        return ending != null && failure() == null && !overflowed();
    }

    /// Whether more has come than is kept, so that the reply is a part of it that ends anywhere.
    public boolean overflowed() {
        synchronized (lock) {
            return full || heard.overflowed();
        }
    }

    /// Whether anything was handed to a client.
    public boolean sent() {
        return sent;
    }

    /// Hands what was kept to `sink`, then all that comes as it comes, and blocks until the end. An
    /// answer that is known to have broken off by now is not sent.
    public Ending release(Sink sink) {
        Duration held = held();
        settle();
        if (failure() != null) {
            return discard();
        }
        sent = true;
        for (Body piece = piece(sink); piece != null; piece = piece(sink)) {
            sink.accept(piece);
        }
        Runnable then;
        synchronized (lock) {
            then = resume;
            resume = null;
            refused = refused && then == null;
        }
        if (then != null) {
            then.run(); // a client that is slow is told of with the next event
        }
        Ending known = ending;
        return (known == null ? stream.end() : known).heldFor(held);
    }

    /// The next kept events, joined; null once there are none and all that comes goes to `sink`.
    private @Nullable Body piece(Sink sink) {
        var events = new ArrayList<Body>();
        int size = 0;
        synchronized (lock) {
            for (Body next = kept.peek();
                    next != null && (size == 0 || size + next.bytes().length <= PIECE);
                    next = kept.peek()) {
                events.add(kept.remove());
                size += next.bytes().length;
            }
            if (events.isEmpty()) {
                open = sink;
                return null;
            }
        }
        return events.size() == 1 ? events.getFirst() : joined(events, size);
    }

    private static Body joined(List<Body> events, int size) {
        byte[] all = new byte[size];
        int at = 0;
        for (Body event : events) {
            byte[] one = event.bytes();
            System.arraycopy(one, 0, all, at, one.length);
            at += one.length;
        }
        return new Body(all);
    }

    /// Cancels the upstream and forgets what was kept. When it returns, the upstream's place is
    /// free.
    ///
    /// @return what was spent, and the failure if there was one already; no finish reason where the
    ///   answer was cut
    public Ending discard() {
        settle();
        Ending known = ending;
        Ending last = known == null ? drop() : known;
        ending = last;
        Runnable then = empty();
        if (then != null && last.failure() == null) {
            then.run(); // the end of the body is still to be read, or the connection is lost
        }
        return last.heldFor(held());
    }

    /// Forgets what was kept and keeps nothing more.
    ///
    /// @return lets an upstream go on that was told to wait; null where none was
    private @Nullable Runnable empty() {
        synchronized (lock) {
            discarded = true;
            kept.clear();
            Runnable then = resume;
            resume = null;
            return then;
        }
    }

    private Ending drop() {
        var _ = empty();
        return stream.drop();
    }

    private Duration held() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
