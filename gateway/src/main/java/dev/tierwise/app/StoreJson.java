package dev.tierwise.app;

import dev.tierwise.models.Store;
import dev.tierwise.models.Stored;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The store as JSON, for `--json`.
final class StoreJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private StoreJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String text(ObjectNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static ObjectNode model(Stored stored) {
        ObjectNode node = object();
        node.put("name", stored.name());
        node.put("source", stored.source());
        node.put("file", stored.file().toString());
        node.put("sha256", stored.sha256());
        node.put("bytes", stored.bytes());
        node.put("pulled_at", stored.pulledAt().toString());
        node.put("licence", stored.licence());
        node.put("architecture", stored.facts().architecture());
        node.put("quantisation", stored.facts().quantisation());
        node.put("parameters", stored.facts().parameters());
        node.put("context", stored.facts().context());
        node.put("trouble", stored.facts().trouble());
        return node;
    }

    static ObjectNode listing(Store store, Store.Listing listing) {
        ObjectNode node = object();
        node.put("folder", store.root().toString());
        var models = node.putArray("models");
        listing.models().forEach(model -> models.add(model(model)));
        var unfinished = node.putArray("unfinished");
        for (Store.Unfinished part : listing.unfinished()) {
            unfinished
                    .addObject()
                    .put("name", part.name())
                    .put("bytes", part.bytes())
                    .put("total", part.total());
        }
        return node;
    }
}
