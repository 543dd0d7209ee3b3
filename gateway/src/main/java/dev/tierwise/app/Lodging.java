package dev.tierwise.app;

import dev.tierwise.call.http.Endpoint;
import dev.tierwise.call.http.Windows;
import dev.tierwise.call.runtime.Residency;
import dev.tierwise.call.runtime.RuntimeControl;
import dev.tierwise.call.runtime.RuntimeControl.Order;
import dev.tierwise.core.ModelCard;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One runtime whose memory this gateway shares out. Thread-safe.
///
/// @param control the runtime
/// @param residency who has what
/// @param guests how its models are loaded
record Lodging(RuntimeControl control, Residency residency, Guests guests) {
    /// How the models of a runtime are loaded: as requests will want them, for a runtime that is
    /// asked for another window loads anew. Thread-safe.
    static final class Guests {
        private final Windows windows = new Windows();
        private final Map<String, ModelCard> cards = new ConcurrentHashMap<>();
        private final AtomicLong turns = new AtomicLong();
        private volatile Footprints.@Nullable Plan plan;
        private @Nullable Long free;

        private synchronized long free(LongSupplier first) {
            Long known = free;
            if (known == null) {
                known = first.getAsLong();
                free = known;
            }
            return known;
        }

        private volatile Endpoint endpoint;

        Guests(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        private @Nullable Integer planned(String model) {
            Footprints.Plan last = plan;
            return last == null ? null : last.contexts().get(model);
        }

        /// The order for a model, by the name under which the runtime lists it.
        Order order(String model, Duration patience) {
            Duration kept = endpoint.kept();
            return new Order(model, context(model), kept.isZero() ? null : kept, patience);
        }

        private @Nullable Integer context(String model) {
            ModelCard card = cards.get(model);
            return endpoint.api() == Endpoint.Api.OLLAMA && card != null
                    ? Integer.valueOf(Math.toIntExact(windows.of(card, 0)))
                    : planned(model);
        }
    }

    /// Whoever looked after it so far does so no more.
    ///
    /// @return the turn of whoever does from now on
    long turn() {
        return guests.turns.incrementAndGet();
    }

    /// Whether a turn still lasts.
    boolean isAt(long turn) {
        return guests.turns.get() == turn;
    }

    /// Bytes that were free for its models when somebody first looked.
    long free(LongSupplier first) {
        return guests.free(first);
    }

    /// Takes over a plan; false where it is the one in force.
    boolean takes(Footprints.Plan plan) {
        boolean other = !plan.equals(guests.plan);
        guests.plan = plan;
        return other;
    }

    /// Whether the runtime is at an address.
    boolean isAt(URI base) {
        return guests.endpoint.base().equals(base);
    }

    /// Takes over what a configuration says of it.
    void take(Endpoint endpoint, List<ModelCard> cards) {
        guests.endpoint = endpoint;
        cards.forEach(it -> guests.cards.put(control.listed(it.remoteName()), it));
    }

    Endpoint endpoint() {
        return guests.endpoint;
    }

    Windows windows() {
        return guests.windows;
    }
}
