package dev.tierwise.app;

import dev.tierwise.core.figure.Figure;
import dev.tierwise.fit.Advice;
import dev.tierwise.fit.Hardware;
import dev.tierwise.fit.Load;
import dev.tierwise.fit.MemoryPlan;
import dev.tierwise.fit.Recommendation;
import dev.tierwise.fit.Speed;
import dev.tierwise.fit.Together;
import dev.tierwise.machine.Device;
import dev.tierwise.machine.Machine;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tw fit --json`. A figure is `{"value","origin","source"}`, in bytes, bytes a second, tokens a
/// second or requests; what is unknown is null.
final class FitJson {
    private FitJson() {}

    static ObjectNode of(FitReading reading) {
        ObjectNode root = StoreJson.object();
        root.set("machine", machine(reading.machine()));
        Recommendation set = reading.recommended();
        if (set == null) {
            root.putNull("recommended");
        } else {
            root.set("recommended", recommended(reading, set));
        }
        ArrayNode models = root.putArray("models");
        for (Advice.Choice choice : reading.choices()) {
            ObjectNode model = models.addObject();
            plan(model, choice.together().plans().getFirst());
            FitKnownJson.put(model, reading.known(choice.load().model()));
            model.put("device", choice.device().name());
            figure(model, "left", left(choice.together()));
            figure(model, "tokens_per_second", choice.one());
            figure(model, "all_slots", choice.all());
        }
        return root;
    }

    private static ObjectNode recommended(FitReading reading, Recommendation set) {
        ObjectNode node = StoreJson.object().put("device", set.device().name());
        ObjectNode local = node.putObject("local");
        plan(local, set.together().plans().getFirst());
        FitKnownJson.put(local, reading.known(set.local().model()));
        node.set("why", FitKnownJson.why(set.reason()));
        if (set.second() == null) {
            node.putNull("second");
        } else {
            ObjectNode second = node.putObject("second");
            plan(second, set.together().plans().get(1));
            FitKnownJson.put(second, reading.known(set.second().model()));
        }
        figure(node, "embedder", set.embedder());
        figure(node, "left", left(set.together()));
        figure(node, "tokens_per_second", set.one());
        figure(node, "all_slots", set.all());
        day(node, reading.day(), reading.prices());
        reading.names().forEach(node.putArray("pull")::add);
        return node;
    }

    static ObjectNode of(FitReading.One one) {
        ObjectNode root = StoreJson.object();
        root.set("machine", machine(one.machine()));
        MemoryPlan plan = MemoryPlan.of(one.load());
        plan(root, plan);
        plan.rule()
                .ifPresent(rule ->
                        root.putObject("rule_of_thumb")
                                .put("low", Math.round(rule.low()))
                                .put("high", Math.round(rule.high()))
                                .put("says", rule.says()));
        ArrayNode compared = root.putArray("compared");
        for (FitWitness witness : one.witnesses()) {
            ObjectNode told = compared.addObject().put("with", witness.who());
            figure(told, "total", witness.total());
            figure(told, "planned", witness.planned());
            told.put("difference", witness.difference()).put("says", witness.says());
        }
        ArrayNode devices = root.putArray("devices");
        for (int i = 0; i < one.together().size(); i++) {
            Together together = one.together().get(i);
            ObjectNode device = devices.addObject().put("device", together.device().name());
            device.put("verdict", together.verdict().says());
            device.put("fits", together.verdict() instanceof Together.Verdict.Fits);
            figure(device, "left", left(together));
            figure(device, "tokens_per_second", one.speeds().get(i));
            figure(device, "all_slots", one.all().get(i));
        }
        day(root, one.day(), one.prices());
        FitKnownJson.put(root, one.known());
        FitKnownJson.offers(root, one);
        return root;
    }

    static ObjectNode of(Load load, double tokensPerSecond, Advice.Wanted wanted) {
        ObjectNode root =
                StoreJson.object()
                        .put("model", load.model().id())
                        .put("quantisation", load.quantisation().name())
                        .put("context", load.context())
                        .put("slots", load.slots())
                        .put("tokens_per_second", tokensPerSecond);
        figure(root, "memory", wanted.memory());
        figure(root, "bandwidth", wanted.bandwidth());
        known(root.putArray("has_both"), wanted.enough());
        known(root.putArray("memory_unknown"), wanted.fast());
        return root;
    }

    private static void known(ArrayNode all, List<Hardware.Known> known) {
        for (Hardware.Known each : known) {
            ObjectNode node = all.addObject().put("name", each.name());
            figure(node, "bandwidth", each.bandwidth());
            figure(node, "memory", each.memory());
        }
    }

    private static @Nullable Figure left(Together together) {
        return together.verdict() instanceof Together.Verdict.Fits(Figure left) ? left : null;
    }

    private static void plan(ObjectNode node, MemoryPlan plan) {
        Load load = plan.load();
        node.put("model", load.model().id())
                .put("pull", FitReading.name(load.model()))
                .put("quantisation", load.quantisation().name())
                .put("context", load.context())
                .put("slots", load.slots())
                .put("cache_type", load.cache().name().toLowerCase(Locale.ROOT));
        ObjectNode bytes = node.putObject("bytes");
        figure(bytes, "weights", plan.weights());
        figure(bytes, "cache", plan.cache());
        figure(bytes, "compute", plan.compute());
        figure(bytes, "headroom", plan.headroom());
        figure(bytes, "total", plan.total());
        plan.notes().forEach(node.putArray("notes")::add);
    }

    private static void day(ObjectNode node, Speed.@Nullable Day day, FitPrices prices) {
        if (day == null) {
            node.putNull("day");
            return;
        }
        ObjectNode told = node.putObject("day");
        figure(told, "requests", day.requests());
        told.put("prompt_tokens", prices.prompt())
                .put("answer_tokens", prices.answer())
                .put("says", day.says());
        ArrayNode hosted = told.putArray("hosted");
        for (FitPrices.Hosted each : prices.models()) {
            hosted.addObject()
                    .put("model", each.name())
                    .put("tier", each.tier().word())
                    .put("price_since", day(each.since()))
                    .put("usd", prices.dollars(each, day.requests().value()));
        }
    }

    private static ObjectNode machine(Machine machine) {
        ObjectNode node = StoreJson.object().put("name", machine.name());
        figure(node, "memory", machine.memory());
        figure(node, "available", machine.available());
        figure(node, "reclaimable", machine.reclaimable());
        node.put("cores", machine.cores());
        ArrayNode devices = node.putArray("devices");
        for (Device device : machine.devices()) {
            ObjectNode each =
                    devices.addObject()
                            .put("name", device.name())
                            .put("kind", device.kind().name().toLowerCase(Locale.ROOT));
            figure(each, "memory", device.memory());
            figure(each, "budget", device.budget());
            figure(each, "bandwidth", device.bandwidth());
        }
        machine.notes().forEach(node.putArray("notes")::add);
        return node;
    }

    static void figure(ObjectNode node, String name, @Nullable Figure figure) {
        if (figure == null) {
            node.putNull(name);
            return;
        }
        ObjectNode told = node.putObject(name);
        if (figure.value() == Math.rint(figure.value())) {
            told.put("value", figure.whole());
        } else {
            told.put("value", figure.value());
        }
        told.put("origin", figure.origin().name().toLowerCase(Locale.ROOT))
                .put("source", Objects.requireNonNull(figure.source()));
    }

    /// A day as JSON has it; null where nobody said which.
    static @Nullable String day(LocalDate day) {
        return day.equals(LocalDate.EPOCH) ? null : day.toString();
    }
}
