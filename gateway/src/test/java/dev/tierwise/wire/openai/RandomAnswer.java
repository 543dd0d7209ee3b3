package dev.tierwise.wire.openai;

import dev.tierwise.core.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes answers of every shape, each as a whole and as a stream that says the same.
final class RandomAnswer {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String[] PIECES = {
        "a", "Z", " ", "\"", "\\", "\n", "ü", "€", "😀", "\u0007", "{", "data: ", "[DONE]", "</s>"
    };

    private final Random random;
    private final List<String> words = new ArrayList<>();
    private final List<Reply.Call> calls = new ArrayList<>();
    private final List<Reply.Token> tokens = new ArrayList<>();
    private final String finish;

    RandomAnswer(long seed) {
        random = new Random(seed);
        for (int i = random.nextInt(8); i > 0; i--) {
            words.add(text());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            calls.add(
                    new Reply.Call("tool_" + i, "{\"a\":" + JSON.writeValueAsString(text()) + "}"));
        }
        if (random.nextBoolean()) {
            for (String word : words) {
                double logprob = -random.nextInt(40) / 8.0;
                double rival = random.nextBoolean() ? Double.NaN : -1 - random.nextInt(40) / 8.0;
                tokens.add(new Reply.Token(word, logprob, rival));
            }
        }
        finish = calls.isEmpty() ? "stop" : "tool_calls";
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    Reply reply() {
        return new Reply(String.join("", words), finish, calls, tokens);
    }

    byte[] whole() {
        ObjectNode root = JSON.createObjectNode().put("id", "x").put("object", "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", words.isEmpty() ? null : String.join("", words));
        if (!calls.isEmpty()) {
            ArrayNode all = message.putArray("tool_calls");
            for (Reply.Call call : calls) {
                function(all.addObject().put("id", id(call)), call);
            }
        }
        chances(choice, tokens);
        choice.put("finish_reason", finish);
        if (random.nextBoolean()) {
            other(root.withArray("choices").addObject(), "message");
        }
        return JSON.writeValueAsBytes(root);
    }

    private static void function(ObjectNode node, Reply.Call call) {
        node.putObject("function").put("name", call.tool()).put("arguments", call.arguments());
    }

    private static String id(Reply.Call call) {
        return "id_" + call.tool();
    }

    /// A second choice, of which nothing is to be heard.
    private static void other(ObjectNode choice, String field) {
        choice.put("index", 1).putObject(field).put("content", "of no interest");
        choice.put("finish_reason", "length");
    }

    private static void chances(ObjectNode choice, List<Reply.Token> tokens) {
        if (tokens.isEmpty()) {
            choice.putNull("logprobs");
            return;
        }
        ArrayNode content = choice.putObject("logprobs").putArray("content");
        for (Reply.Token token : tokens) {
            ObjectNode node = content.addObject();
            chance(node, token.text(), token.logprob());
            ArrayNode top = node.putArray("top_logprobs");
            chance(top.addObject(), token.text(), token.logprob());
            if (!Double.isNaN(token.runnerUp())) {
                chance(top.addObject(), "rival", token.runnerUp());
                chance(top.addObject(), "worse", token.runnerUp() - 1);
            }
        }
    }

    private static void chance(ObjectNode node, String text, double logprob) {
        node.put("token", text).put("logprob", logprob);
        ArrayNode bytes = node.putArray("bytes");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xff);
        }
    }

    byte[] streamed() {
        var stream = new StringBuilder(": comment\n\n");
        ObjectNode first = JSON.createObjectNode().put("index", 0);
        first.putObject("delta").put("role", "assistant").put("content", "");
        chunk(stream, first);
        for (int i = 0; i < words.size(); i++) {
            ObjectNode choice = JSON.createObjectNode().put("index", 0);
            choice.putObject("delta").put("content", words.get(i));
            chances(choice, tokens.isEmpty() ? List.of() : tokens.subList(i, i + 1));
            chunk(stream, choice);
            if (random.nextInt(4) == 0) {
                ObjectNode second = JSON.createObjectNode();
                other(second, "delta");
                chunk(stream, second);
            }
        }
        for (int i = 0; i < calls.size(); i++) {
            Reply.Call call = calls.get(i);
            String arguments = call.arguments();
            int cut = arguments.offsetByCodePoints(0, random.nextInt(8));
            piece(stream, i, new Reply.Call(call.tool(), arguments.substring(0, cut)), id(call));
            piece(stream, i, new Reply.Call("", arguments.substring(cut)), "");
        }
        ObjectNode last = JSON.createObjectNode().put("index", 0).put("finish_reason", finish);
        last.putObject("delta");
        chunk(stream, last);
        return stream.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void piece(StringBuilder stream, int index, Reply.Call call, String id) {
        ObjectNode choice = JSON.createObjectNode().put("index", 0);
        ArrayNode pieces = choice.putObject("delta").putArray("tool_calls");
        ObjectNode node = pieces.addObject().put("index", index);
        if (!id.isEmpty()) {
            node.put("id", id);
        }
        function(node, call);
        chunk(stream, choice);
    }

    private void chunk(StringBuilder stream, ObjectNode choice) {
        ObjectNode root = JSON.createObjectNode().put("object", "chat.completion.chunk");
        root.putArray("choices").add(choice);
        String end = random.nextBoolean() ? "\n\n" : "\r\n\r\n";
        stream.append("data: ").append(JSON.writeValueAsString(root)).append(end);
    }
}
