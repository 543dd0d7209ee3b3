package dev.tierwise.bench.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The least that a relay in Java can do: reads the whole request, exchanges its `model`, sends it
/// over a kept-alive connection and relays the answer as it comes, with back pressure. No rules, no
/// record, no limits: the limit that the product is held against, never a server for real use.
///
/// Uses the same transport as the product (NIO); a request stays on one event loop from end to end.
// Netty tells of failures through exceptionCaught and channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyRelay implements AutoCloseable {
    private static final int LARGEST_REQUEST = 8 * 1024 * 1024;
    private static final int BACKLOG = 1024;

    private final int upstreamPort;
    private final String model;
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    Runtime.getRuntime().availableProcessors(),
                    new DefaultThreadFactory("relay"),
                    NioIoHandler.newFactory());
    private final Map<EventLoop, ArrayDeque<Channel>> idle = new HashMap<>();

    private @Nullable Channel listening;

    private NettyRelay(int upstreamPort, String model) {
        this.upstreamPort = upstreamPort;
        this.model = model;
        loops.forEach(loop -> idle.put((EventLoop) loop, new ArrayDeque<>()));
    }

    /// Listens on loopback until it is closed.
    ///
    /// @param port where to listen; 0 for any free one
    /// @param upstreamPort where the upstream listens
    /// @param model what the upstream calls the model
    /// @throws InterruptedException when the thread is told to stop
    public static NettyRelay listen(int port, int upstreamPort, String model)
            throws InterruptedException {
        var relay = new NettyRelay(upstreamPort, model);
        relay.listening =
                new ServerBootstrap()
                        .group(relay.loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpServerCodec(),
                                                        new HttpObjectAggregator(LARGEST_REQUEST),
                                                        new ClientSide(relay));
                                    }
                                })
                        .bind("127.0.0.1", port)
                        .sync()
                        .channel();
        return relay;
    }

    /// Where it listens.
    public int port() {
        return listening == null ? 0 : ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    byte[] rewrite(byte[] body) {
        return ModelSplice.replace(body, model);
    }

    int upstreamPort() {
        return upstreamPort;
    }

    /// Sends a request over an idle connection of this event loop, or over a new one.
    void send(ClientSide client, EventLoop loop, FullHttpRequest request) {
        ArrayDeque<Channel> own = idle.getOrDefault(loop, new ArrayDeque<>());
        Channel upstream = own.pollLast();
        while (upstream != null && !upstream.isActive()) {
            upstream = own.pollLast();
        }
        if (upstream != null) {
            lend(upstream, client, request);
            return;
        }
        connect(loop, own)
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        lend(connected.channel(), client, request);
                    } else {
                        request.release();
                        client.upstreamFailed();
                    }
                });
    }

    private static void lend(Channel upstream, ClientSide client, FullHttpRequest request) {
        UpstreamSide side = upstream.pipeline().get(UpstreamSide.class);
        if (side == null || !client.take(upstream)) {
            request.release();
            upstream.close();
            return;
        }
        side.serve(client);
        upstream.writeAndFlush(request, upstream.voidPromise());
    }

    private ChannelFuture connect(EventLoop loop, ArrayDeque<Channel> own) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(new HttpClientCodec(), new UpstreamSide(own));
                            }
                        })
                .connect("127.0.0.1", upstreamPort);
    }
}
