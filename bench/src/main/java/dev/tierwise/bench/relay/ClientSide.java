package dev.tierwise.bench.relay;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// The client's end of one relayed connection. Used on its event loop only.
// Netty tells of failures through exceptionCaught and channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientSide extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final NettyRelay relay;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Channel upstream;

    ClientSide(NettyRelay relay) {
        this.relay = relay;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext client, FullHttpRequest request) {
        byte[] body;
        try {
            body = relay.rewrite(ByteBufUtil.getBytes(request.content()));
        } catch (IllegalArgumentException _) {
            refuse(client, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        var out =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        request.uri(),
                        Unpooled.wrappedBuffer(body));
        out.headers()
                .set(HttpHeaderNames.HOST, "127.0.0.1:" + relay.upstreamPort())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            out.headers().set(HttpHeaderNames.AUTHORIZATION, authorization);
        }
        relay.send(this, client.channel().eventLoop(), out);
    }

    /// Takes the upstream connection that answers; refuses it when the client has gone.
    boolean take(Channel connection) {
        if (context == null || !context.channel().isActive()) {
            return false;
        }
        upstream = connection;
        return true;
    }

    void relay(Object message) {
        if (context != null) {
            context.write(message, context.voidPromise());
        }
    }

    void flush() {
        if (context != null) {
            context.flush();
        }
    }

    /// The answer is complete; the upstream connection is no longer ours.
    void answered() {
        flush();
        if (upstream != null) {
            upstream.config().setAutoRead(true);
            upstream = null;
        }
    }

    /// No connection to the upstream was to be had.
    void upstreamFailed() {
        if (context != null) {
            refuse(context, HttpResponseStatus.BAD_GATEWAY);
        }
    }

    /// The upstream left in the middle of an answer: the client must not take it for whole.
    void upstreamLeft() {
        if (context != null) {
            context.close();
        }
    }

    private static void refuse(ChannelHandlerContext client, HttpResponseStatus status) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        client.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext client) {
        if (upstream != null) {
            upstream.config().setAutoRead(client.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext client) {
        if (upstream != null) {
            upstream.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext client, Throwable cause) {
        client.close();
    }
}
