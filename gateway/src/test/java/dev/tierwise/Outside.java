package dev.tierwise;

import java.util.Arrays;
import java.util.regex.Pattern;

/// A way in which code touches the world outside its process, told by the names in its class files:
/// `owner/Type` for a type, `owner/Type.member` for a member.
enum Outside {
    NET_OUT(
            "net-out",
            "opens outgoing connections",
            "java/net/((Multicast|Datagram)?Socket|(Http)?URLConnection)"
                    + "|java/net/URL\\.(openConnection|openStream|getContent)"
                    + "|java/net/http/.*"
                    + "|javax/net/(SocketFactory|ssl/SSLSocket(Factory)?|ssl/HttpsURLConnection)"
                    + "|java/nio/channels/(Asynchronous)?(SocketChannel|DatagramChannel)"
                    + "|io/vertx/core/http/(HttpClient|WebSocketClient|WebSocketConnect).*"
                    + "|io/vertx/core/(net/NetClient|datagram/|dns/).*"
                    + "|io/vertx/ext/web/client/.*"
                    + "|io/netty/bootstrap/Bootstrap"),
    NET_IN(
            "net-in",
            "listens",
            "java/net/ServerSocket|javax/net/(ServerSocketFactory|ssl/SSLServerSocket.*)"
                    + "|java/nio/channels/(Asynchronous)?ServerSocketChannel"
                    + "|io/vertx/core/(http/HttpServer|net/NetServer).*"
                    + "|com/sun/net/httpserver/.*"
                    + "|io/netty/bootstrap/ServerBootstrap"),
    DISK(
            "disk",
            "uses the disk",
            "java/nio/file/Files|java/nio/channels/(Asynchronous)?FileChannel"
                    + "|java/io/(File(Input|Output)Stream|File(Reader|Writer)|RandomAccessFile)"
                    + "|io/vertx/core/file/.*|java/sql/.*|org/jdbi/.*|org/sqlite/.*"),
    PROCESS("process", "starts processes", "java/lang/ProcessBuilder|java/lang/Runtime\\.exec");

    private final String word;
    private final String verb;
    private final Pattern names;

    Outside(String word, String verb, String names) {
        this.word = word;
        this.verb = verb;
        this.names = Pattern.compile(names);
    }

    /// The kind that a cell of the table names.
    static Outside named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "the outside world of a package is none, net-in, net-out,"
                                        + " disk or process, not '"
                                        + word
                                        + "'"));
    }

    boolean isTouchedBy(String name) {
        return names.matcher(name).matches();
    }

    String sentence(String name) {
        return verb + " (" + name + ") without " + word + " in the table";
    }
}
