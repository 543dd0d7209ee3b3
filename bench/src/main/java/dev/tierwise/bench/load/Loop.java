package dev.tierwise.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// One connection: sends the question, reads the answer, sends it again. Used on the event loop
/// only.
// Netty tells of failures through exceptionCaught and channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Loop extends ChannelInboundHandlerAdapter {
    /// Streams begin spread over this time: starting together they would stay in step.
    private static final int SPREAD_MILLIS = 600;

    private final Load load;
    private final AnswerReader reader = new AnswerReader();
    private long sent;
    private int eventsSeen;
    private boolean waiting;
    private boolean first;

    Loop(Load load) {
        this.load = load;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (load.slice().kind().streams()) {
            int delay = ThreadLocalRandom.current().nextInt(SPREAD_MILLIS);
            context.executor().schedule(() -> send(context), delay, TimeUnit.MILLISECONDS);
        } else {
            send(context);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        try {
            if (first) {
                first = false;
                load.countFirst(System.nanoTime() - sent);
            }
            boolean done = reader.read(bytes);
            load.countEvents(reader.events() - eventsSeen);
            eventsSeen = reader.events();
            if (done) {
                waiting = false;
                eventsSeen = 0;
                load.count(reader, System.nanoTime() - sent);
                send(context);
            }
        } finally {
            bytes.release();
        }
    }

    private void send(ChannelHandlerContext context) {
        if (!load.running()) {
            context.close();
            return;
        }
        waiting = true;
        first = true;
        sent = System.nanoTime();
        context.writeAndFlush(load.question(), context.voidPromise());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        load.closed(waiting);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
