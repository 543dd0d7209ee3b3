package dev.tierwise.app;

import dev.tierwise.catalogue.OwnKey;
import dev.tierwise.catalogue.OwnModels;
import dev.tierwise.evidence.Licence;
import dev.tierwise.evidence.Profile;
import dev.tierwise.fit.ModelShape;
import dev.tierwise.fit.ModelShape.Attention;
import dev.tierwise.fit.ModelShape.Matrices;
import dev.tierwise.fit.ModelShape.Published;
import dev.tierwise.fit.Quantisation;
import dev.tierwise.fit.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the user's own file says of models, laid over the shapes and licences that ship.
final class OwnShapes {
    private final OwnModels.Model own;
    private final @Nullable ModelShape known;

    private OwnShapes(OwnModels.Model own, @Nullable ModelShape known) {
        this.own = own;
        this.known = known;
    }

    /// The model that a name of the file means: the catalogue's own, or a new one.
    static String id(OwnModels.Model own, Shapes shapes) {
        return shapes.named(own.id()).map(ModelShape::id).orElse(own.id());
    }

    /// What the file says of a model, if anything.
    static Optional<OwnModels.Model> of(OwnModels own, Shapes shapes, String id) {
        return own.models().stream().filter(it -> id(it, shapes).equals(id)).findFirst();
    }

    static Shapes over(Shapes shapes, OwnModels own) {
        List<ModelShape> all = new ArrayList<>();
        for (OwnModels.Model model : own.models()) {
            all.add(new OwnShapes(model, shapes.named(model.id()).orElse(null)).shape());
        }
        return all.isEmpty() ? shapes : shapes.with(all);
    }

    /// The profiles that the file changes.
    ///
    /// @param before what is known of a model without it
    static Profile over(OwnModels.Model own, Profile before) {
        Licence licence =
                own.text(OwnKey.LICENCE)
                        .map(name ->
                                new Licence(
                                        name,
                                        own.text(OwnKey.USE)
                                                .flatMap(Licence.Use::named)
                                                .orElseThrow(),
                                        "given: " + own.told()))
                        .orElse(before.licence());
        List<String> abilities = own.words(OwnKey.CAPABILITIES);
        return new Profile(
                before.model(),
                before.maker(),
                licence,
                before.released(),
                abilities.isEmpty() ? before.abilities() : abilities,
                abilities.isEmpty() ? before.abilitiesSource() : "given: " + own.told());
    }

    private ModelShape shape() {
        List<String> names = new ArrayList<>(known == null ? List.of() : known.names());
        names.addAll(own.words(OwnKey.NAMES));
        Long file = own.count(OwnKey.FILE_SIZE);
        Published published =
                file == null
                        ? known == null ? null : known.published()
                        : new Published(file, file + " bytes", Published.GIVEN + ": " + own.told());
        return new ModelShape(
                known == null ? own.id() : known.id(),
                names,
                or(OwnKey.PARAMETERS, known == null ? null : known.parameters()),
                or(OwnKey.ACTIVE, known == null ? null : known.active()),
                small(OwnKey.CONTEXT, known == null ? null : known.context()),
                small(OwnKey.LAYERS, known == null ? null : known.layers()),
                small(OwnKey.VOCABULARY, known == null ? null : known.vocabulary()),
                matrices(),
                attention(),
                known == null ? null : known.experts(),
                known == null ? Quantisation.Q4_K_M : known.usual(),
                published,
                known == null ? own.told() : known.source() + "; " + own.told());
    }

    private @Nullable Long or(OwnKey key, @Nullable Long before) {
        Long said = own.count(key);
        return said == null ? before : said;
    }

    private @Nullable Integer small(OwnKey key, @Nullable Integer before) {
        Long said = own.count(key);
        return said == null ? before : Integer.valueOf(said.intValue());
    }

    /// All sizes, or none: those that the file lacks are the catalogue's.
    private @Nullable Matrices matrices() {
        Matrices before = known == null ? null : known.matrices();
        Integer layers = small(OwnKey.LAYERS, before == null ? null : before.layers());
        Integer hidden = small(OwnKey.HIDDEN, before == null ? null : before.hidden());
        Integer heads = small(OwnKey.HEADS, before == null ? null : before.heads());
        Integer shared = small(OwnKey.KV_HEADS, before == null ? null : before.keyValueHeads());
        Integer size = small(OwnKey.HEAD_SIZE, before == null ? null : before.headSize());
        Integer wide = small(OwnKey.FEED_FORWARD, before == null ? null : before.feedForward());
        Integer words = small(OwnKey.VOCABULARY, before == null ? null : before.vocabulary());
        Boolean tied =
                own.text(OwnKey.TIED)
                        .map("yes"::equals)
                        .orElse(before == null ? null : before.tied());
        if (layers == null || hidden == null || heads == null || shared == null) {
            return null;
        }
        return size == null || wide == null || words == null || tied == null
                ? null
                : new Matrices(
                        layers,
                        hidden,
                        heads,
                        shared,
                        size,
                        wide,
                        words,
                        tied,
                        before != null && before.fused());
    }

    /// The catalogue's kinds of layers where it knows them, else layers that keep all positions.
    private @Nullable Attention attention() {
        Attention before = known == null ? null : known.attention();
        Integer shared = small(OwnKey.KV_HEADS, before == null ? null : before.keyValueHeads());
        Integer size = small(OwnKey.HEAD_SIZE, before == null ? null : before.headSize());
        Integer layers = small(OwnKey.LAYERS, null);
        if (shared == null || size == null || (before == null && layers == null)) {
            return before;
        }
        if (before == null || (layers != null && before.windowed() + before.recurrent() == 0)) {
            int full = layers == null ? 0 : layers;
            return new Attention(full, 0, 0, 0, null, shared, size);
        }
        boolean same = shared == before.keyValueHeads() && size == before.headSize();
        return same
                ? before
                : new Attention(
                        before.full(),
                        before.windowed(),
                        before.window(),
                        before.recurrent(),
                        before.recurrentBytes(),
                        shared,
                        size);
    }
}
