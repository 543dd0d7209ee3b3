package dev.tierwise.bench.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The upstream's end of a relayed connection, lent to one client at a time. Used on its event loop
/// only.
// Netty tells of failures through exceptionCaught and channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamSide extends ChannelInboundHandlerAdapter {
    private final ArrayDeque<Channel> idle;
    private @Nullable ClientSide client;

    UpstreamSide(ArrayDeque<Channel> idle) {
        this.idle = idle;
    }

    void serve(ClientSide next) {
        client = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext upstream, Object message) {
        ClientSide served = client;
        if (served == null) {
            ReferenceCountUtil.release(message);
            return;
        }
        served.relay(message);
        if (message instanceof LastHttpContent) {
            client = null;
            idle.addLast(upstream.channel());
            served.answered();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext upstream) {
        if (client != null) {
            client.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext upstream) {
        if (client != null) {
            client.upstreamLeft();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext upstream, Throwable cause) {
        upstream.close();
    }
}
