package dev.tierwise.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs one [Slice] after the other, each in a bounded time. One event loop carries all connections
/// and all counters, so that one core is left to the target.
public final class Load implements AutoCloseable {
    private static final int DRAIN_SECONDS = 2;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int RECONNECT_MILLIS = 50;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("load"), NioIoHandler.newFactory());
    private final Histogram whole = new Histogram();
    private final Histogram untilFirst = new Histogram();
    private final ChannelGroup channels = new DefaultChannelGroup(group.next());

    // Everything below is touched on the event loop only.
    private Slice slice = new Slice(0, 0, 0, 0, "", Kind.WHOLE, 0);
    private byte[] question = {};
    private int word;
    private long asked;
    private CountDownLatch open = new CountDownLatch(0);
    private boolean running;
    private boolean measuring;
    private long began;
    private long errors;
    private long events;
    private long lastBytes;

    /// Reads slices line by line until the input ends. For each it prints `begin` and `end` around
    /// the measured stretch, and then the tally.
    ///
    /// @throws IOException when the input breaks
    /// @throws InterruptedException when the thread is told to stop
    public static void serve(BufferedReader in, PrintStream out)
            throws IOException, InterruptedException {
        try (var load = new Load()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Tally tally =
                        load.run(
                                Slice.of(line),
                                () -> out.println("begin"),
                                () -> out.println("end"));
                out.println(tally.line());
            }
        }
    }

    /// Runs one slice and gives its count. Takes warm-up, measured time and at most some seconds
    /// for the last answers.
    ///
    /// @param atBegin run when counting begins
    /// @param atEnd run when counting ends
    /// @throws InterruptedException when the thread is told to stop
    public Tally run(Slice next, Runnable atBegin, Runnable atEnd) throws InterruptedException {
        var latch = new CountDownLatch(next.connections());
        onLoop(() -> start(next, latch));
        TimeUnit.MILLISECONDS.sleep(next.warmMillis());
        onLoop(this::measure);
        atBegin.run();
        TimeUnit.MILLISECONDS.sleep(next.measureMillis());
        var tally = new Tally[1];
        onLoop(() -> tally[0] = stop());
        atEnd.run();
        if (!latch.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            channels.close().sync();
        }
        return tally[0];
    }

    private void onLoop(Runnable step) throws InterruptedException {
        group.submit(step).sync();
    }

    private void start(Slice next, CountDownLatch latch) {
        slice = next;
        question = Question.request(next.port(), next.model(), next.kind());
        word = new String(question, StandardCharsets.UTF_8).indexOf(Question.WORD);
        open = latch;
        errors = 0;
        running = true;
        for (int i = 0; i < next.connections(); i++) {
            connect();
        }
    }

    private void measure() {
        whole.clear();
        untilFirst.clear();
        events = 0;
        measuring = true;
        began = System.nanoTime();
    }

    private Tally stop() {
        measuring = false;
        running = false;
        return new Tally(
                whole.total(),
                errors,
                events,
                System.nanoTime() - began,
                whole.quantile(0.50),
                whole.quantile(0.99),
                untilFirst.quantile(0.50),
                lastBytes);
    }

    private void connect() {
        new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channels.add(channel);
                                channel.pipeline().addLast(new Loop(Load.this));
                            }
                        })
                .connect("127.0.0.1", slice.port())
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        closed(true);
                    }
                });
    }

    Slice slice() {
        return slice;
    }

    boolean running() {
        return running;
    }

    ByteBuf question() {
        byte[] request = question.clone();
        long rest = asked++;
        for (int i = word; i < word + Question.WORD.length(); i++) {
            request[i] = (byte) ('a' + rest % 26);
            rest /= 26;
        }
        return Unpooled.wrappedBuffer(request);
    }

    void countFirst(long nanos) {
        if (measuring) {
            untilFirst.add(nanos);
        }
    }

    void countEvents(int more) {
        events += more;
    }

    void count(AnswerReader answer, long nanos) {
        long size = slice.kind().streams() ? answer.events() : answer.bodyBytes();
        if (answer.status() != 200 || (slice.expected() > 0 && size != slice.expected())) {
            errors++;
        } else if (measuring) {
            whole.add(nanos);
        }
        lastBytes = size;
    }

    /// A connection is gone: wanted at the end of a slice, otherwise replaced and, if an answer was
    /// due, counted as an error.
    void closed(boolean answerDue) {
        if (!running) {
            open.countDown();
            return;
        }
        if (answerDue) {
            errors++;
        }
        var _ = group.schedule(this::reconnect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void reconnect() {
        if (running) {
            connect();
        } else {
            open.countDown();
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, DRAIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
