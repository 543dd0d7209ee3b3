package dev.tierwise.core;

import java.util.List;
import java.util.Set;

/// One request for an answer, read once. Printing it shows sizes only, never words.
///
/// @param model the model that the client asked for: `auto`, `tier:local` or a name
/// @param messages the conversation, oldest first
/// @param needs what a model must be able to do
/// @param stream whether the client wants the answer piece by piece
/// @param usageInStream whether the client asked for the token counts at the end of a stream
/// @param maxOutput the most tokens that the answer may have; 0 when the client named no limit
/// @param tools how many tools the client offers
/// @param body the bytes that were read
public record Prompt(
        String model,
        List<Message> messages,
        Set<Capability> needs,
        boolean stream,
        boolean usageInStream,
        long maxOutput,
        int tools,
        Body body) {
    /// Tokens of one image, about: the hosted APIs count some hundreds to 1,600 for one.
    private static final long TOKENS_PER_MEDIUM = 1_000;

    /// Tokens kept free for the answer where the client names no limit.
    private static final long ROOM_FOR_ANSWER = 256;

    public Prompt {
        messages = List.copyOf(messages);
        needs = Set.copyOf(needs);
    }

    /// One turn of a conversation.
    ///
    /// @param role who speaks, in the words of the OpenAI API: `system`, `user`, `assistant`,
    ///   `tool`…
    /// @param content what is said, in order
    public record Message(String role, List<Content> content) {
        public Message {
            content = List.copyOf(content);
        }
    }

    /// One part of a message. What is not text is known by its kind and weight only; its bytes stay
    /// in the [Body].
    public sealed interface Content {
        /// Words.
        ///
        /// @param value the words themselves
        record Text(String value) implements Content {
            @Override
            public String toString() {
                return "Text[" + value.length() + " characters]";
            }
        }

        /// Something other than words, such as an image.
        ///
        /// @param needs what a model must be able to do to read it
        /// @param bytes its size in the request's JSON
        record Media(Capability needs, int bytes) implements Content {}
    }

    /// The tokens of the prompt, estimated from the size of its JSON without media.
    public long estimatedTokens() {
        long bytes = body.bytes().length;
        long media = 0;
        for (Message message : messages) {
            for (Content content : message.content()) {
                if (content instanceof Content.Media(_, int size)) {
                    bytes -= size;
                    media++;
                }
            }
        }
        return Usage.tokensOf(Math.max(0, bytes)) + media * TOKENS_PER_MEDIUM;
    }

    /// Tokens that a window must have for it: its own, and those of its answer.
    public long tokensNeeded() {
        return estimatedTokens() + (maxOutput > 0 ? maxOutput : ROOM_FOR_ANSWER);
    }

    /// Whether a model can do what it needs and has a window that holds it, as far as is known.
    public boolean suits(ModelCard model) {
        return model.capabilities().containsAll(needs)
                && (model.context() == 0 || tokensNeeded() <= model.context());
    }

    /// A number that tells one conversation from another: of its beginning up to the user's first
    /// words, which all its turns share, and of texts that come before it.
    public long beginning(String... before) {
        long hash = fingerprint(before);
        for (Message message : messages) {
            for (Content content : message.content()) {
                if (content instanceof Content.Text(String text)) {
                    hash = mixed(hash, text);
                }
            }
            if (message.role().equals("user")) {
                break;
            }
        }
        return hash;
    }

    /// A number that tells texts apart; no secret can be kept by it.
    public static long fingerprint(String... texts) {
        long hash = 0x9E3779B97F4A7C15L;
        for (String text : texts) {
            hash = mixed(hash, text);
        }
        return hash;
    }

    private static long mixed(long hash, String text) {
        long mixed = hash ^ (((long) text.length() << 32) | (text.hashCode() & 0xFFFF_FFFFL));
        mixed *= 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }

    @Override
    public String toString() {
        return "Prompt[model=" + model + ", messages=" + messages.size() + ", " + body + "]";
    }
}
