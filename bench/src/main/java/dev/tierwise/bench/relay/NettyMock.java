package dev.tierwise.bench.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A mock upstream that costs little: answers from bytes made once, on one event loop. A request
/// that holds `"stream":true` gets a stream, any other the whole answer.
public final class NettyMock implements AutoCloseable {
    private static final int LARGEST_REQUEST = 8 * 1024 * 1024;
    private static final int BACKLOG = 1024;

    private final EventLoopGroup loop;
    private final Channel listening;

    private NettyMock(EventLoopGroup loop, Channel listening) {
        this.loop = loop;
        this.listening = listening;
    }

    /// Listens on loopback until it is closed.
    ///
    /// @param port where to listen; 0 for any free one
    /// @param gapMicros time between two chunks of a stream; 0 sends them all at once
    /// @throws InterruptedException when the thread is told to stop
    public static NettyMock listen(int port, long gapMicros) throws InterruptedException {
        var loop =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("mock"), NioIoHandler.newFactory());
        Channel listening =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpRequestDecoder(),
                                                        new HttpObjectAggregator(LARGEST_REQUEST),
                                                        new Answering(gapMicros));
                                    }
                                })
                        .bind("127.0.0.1", port)
                        .sync()
                        .channel();
        return new NettyMock(loop, listening);
    }

    /// Where it listens.
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /// Answers the requests of one connection.
    // Netty tells of failures through exceptionCaught and channelInactive.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        private static final ByteBuf JSON = fixed(MockAnswers.jsonAnswer());
        private static final List<ByteBuf> PIECES =
                MockAnswers.streamPieces().stream().map(Answering::fixed).toList();
        private static final ByteBuf ASKS_STREAM =
                fixed("\"stream\":true".getBytes(StandardCharsets.US_ASCII));
        private static final ByteBuf HURRIED =
                fixed("\"hurried\"".getBytes(StandardCharsets.US_ASCII));

        private final long gapMicros;

        Answering(long gapMicros) {
            this.gapMicros = gapMicros;
        }

        private static ByteBuf fixed(byte[] bytes) {
            return Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(bytes));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (ByteBufUtil.indexOf(ASKS_STREAM, request.content()) < 0) {
                context.writeAndFlush(JSON.duplicate(), context.voidPromise());
            } else if (gapMicros == 0) {
                PIECES.forEach(piece -> context.write(piece.duplicate(), context.voidPromise()));
                context.flush();
            } else {
                boolean hurried = ByteBufUtil.indexOf(HURRIED, request.content()) >= 0;
                piece(context, 0, hurried ? Math.min(gapMicros, 1_000) : gapMicros);
            }
        }

        private void piece(ChannelHandlerContext context, int number, long gap) {
            if (!context.channel().isActive()) {
                return;
            }
            context.writeAndFlush(PIECES.get(number).duplicate(), context.voidPromise());
            if (number + 1 < PIECES.size()) {
                context.executor()
                        .schedule(
                                () -> piece(context, number + 1, gap), gap, TimeUnit.MICROSECONDS);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
