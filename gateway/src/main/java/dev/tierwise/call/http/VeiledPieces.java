package dev.tierwise.call.http;

import dev.tierwise.core.Capability;
import dev.tierwise.core.Prompt;
import dev.tierwise.veil.Lifting;
import dev.tierwise.veil.Veil;
import dev.tierwise.wire.Event;
import dev.tierwise.wire.openai.ChunkTexts;
import java.util.ArrayList;
import java.util.List;

/// Reads a streamed answer and lifts the veil from it as it comes.
final class VeiledPieces implements Talk.Pieces {
    private final Talk.Pieces pieces;
    private final ChunkTexts texts;

    /// @param pieces reads the answer as it came
    /// @param veil what lies over it
    /// @param prompt what was asked for
    VeiledPieces(Talk.Pieces pieces, Veil veil, Prompt prompt) {
        this.pieces = pieces;
        boolean json =
                prompt.needs().contains(Capability.JSON_MODE)
                        || prompt.needs().contains(Capability.JSON_SCHEMA);
        this.texts =
                new ChunkTexts(field -> exchange(veil.pieces(json || field.equals("arguments"))));
    }

    private static ChunkTexts.Exchange exchange(Lifting lifting) {
        return new ChunkTexts.Exchange() {
            @Override
            public String feed(String piece) {
                return lifting.feed(piece);
            }

            @Override
            public String end() {
                return lifting.end();
            }
        };
    }

    @Override
    public List<Event> feed(byte[] bytes) {
        var events = new ArrayList<Event>();
        for (Event event : pieces.feed(bytes)) {
            events.addAll(texts.take(event));
        }
        return events;
    }

    @Override
    public boolean endedWhole() {
        return pieces.endedWhole();
    }
}
