package dev.tierwise.fakes;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// The models of a fake runtime: on disk, loading and in memory. A model that is loaded where there
/// is no room puts out those that were loaded longest ago, as runtimes do. Safe for use by several
/// threads.
public final class RuntimeState {
    private final long memory;
    private final int most;
    private final Map<String, Stocked> disk = new LinkedHashMap<>();
    private final SequencedSet<String> loaded = new LinkedHashSet<>();
    private final Map<String, Promise<@Nullable String>> loading = new LinkedHashMap<>();
    private final Map<String, Integer> running = new LinkedHashMap<>();
    private final Map<String, Integer> contexts = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private boolean held;
    private @Nullable String refusal;
    private Busy busy = new Busy(4, 0, 0);
    private Form form = Form.PRESENT;

    /// @param memory bytes that all loaded models together may take
    /// @param most models that may be loaded at once
    public RuntimeState(long memory, int most) {
        this.memory = memory;
        this.most = most;
    }

    /// A model on disk.
    ///
    /// @param name its name
    /// @param bytes its size on disk and in memory
    /// @param where where it runs
    public record Stocked(String name, long bytes, Where where) {}

    /// Where a model runs.
    public enum Where {
        /// On the machine of the runtime.
        HERE,
        /// On a machine of the runtime's maker, whatever its name says.
        CLOUD
    }

    /// How busy each loaded model is.
    ///
    /// @param slots requests at once
    /// @param running requests that are being answered
    /// @param waiting requests that wait
    public record Busy(int slots, int running, int waiting) {}

    /// What the runtime's interface looks like.
    public enum Form {
        /// As of today; llama-server routes to several models.
        PRESENT,
        /// As before: LM Studio without v1, llama-server with one model.
        FORMER
    }

    /// Puts a model on disk.
    public synchronized RuntimeState with(String name, long bytes) {
        return with(new Stocked(name, bytes, Where.HERE));
    }

    /// Puts a model on disk.
    public synchronized RuntimeState with(Stocked model) {
        disk.put(model.name(), model);
        return this;
    }

    /// Sets how busy each loaded model is.
    public synchronized void busy(Busy now) {
        busy = now;
    }

    /// Sets what the interface looks like.
    public synchronized void form(Form now) {
        form = now;
    }

    /// From now on a load takes until [#go].
    public synchronized void hold() {
        held = true;
    }

    /// Lets the loads that were held end, and all later ones at once.
    public void go() {
        List<String> names;
        synchronized (this) {
            held = false;
            names = List.copyOf(loading.keySet());
        }
        names.forEach(this::finish);
    }

    /// Loads fail with this message from now on; null ends that.
    public synchronized void refuse(@Nullable String message) {
        refusal = message;
    }

    /// Takes a model out of memory without having been asked, as a runtime does for its own
    /// reasons.
    public synchronized void evict(String name) {
        if (loaded.remove(name)) {
            log.add("evict " + name);
        }
    }

    /// The models in memory, first the one loaded first.
    public synchronized List<String> loaded() {
        return List.copyOf(loaded);
    }

    /// The models that are being loaded.
    public synchronized List<String> loading() {
        return List.copyOf(loading.keySet());
    }

    /// What happened, such as `load a`, `demand a` for a load by a chat, `reload a` for one with
    /// another context, `evict b`, `evict b in use`, `unload c`, `unload c in use`, `pull d`,
    /// `cloud e`.
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    synchronized List<Stocked> disk() {
        return List.copyOf(disk.values());
    }

    synchronized Busy busy() {
        return busy;
    }

    synchronized Form form() {
        return form;
    }

    synchronized Optional<Stocked> find(String name) {
        return Optional.ofNullable(disk.get(name));
    }

    synchronized void note(String what) {
        log.add(what);
    }

    /// Loads a model on disk; the future holds what went wrong, or null.
    Future<@Nullable String> load(String name) {
        Promise<@Nullable String> promise;
        synchronized (this) {
            String no = refusal;
            if (no != null) {
                return Future.succeededFuture(no);
            }
            if (loaded.contains(name)) {
                return Future.succeededFuture();
            }
            Promise<@Nullable String> under = loading.get(name);
            if (under != null) {
                return under.future();
            }
            Stocked model = disk.get(name);
            if (model == null || model.bytes() > memory) {
                return Future.succeededFuture("model requires more system memory than there is");
            }
            makeRoom(model.bytes());
            log.add("load " + name);
            promise = Promise.promise();
            loading.put(name, promise);
            if (held) {
                return promise.future();
            }
        }
        finish(name);
        return promise.future();
    }

    private void makeRoom(long bytes) {
        while (!loaded.isEmpty() && (used() + bytes > memory || count() >= most)) {
            String first = loaded.removeFirst();
            log.add("evict " + first + use(first));
        }
    }

    private int count() {
        return loaded.size() + loading.size();
    }

    private long used() {
        long sum = 0;
        for (Stocked model : disk.values()) {
            boolean there = loaded.contains(model.name()) || loading.containsKey(model.name());
            sum += there ? model.bytes() : 0;
        }
        return sum;
    }

    private void finish(String name) {
        Promise<@Nullable String> promise;
        synchronized (this) {
            promise = loading.remove(name);
            if (promise != null) {
                loaded.add(name);
            }
        }
        if (promise != null) {
            promise.complete(null);
        }
    }

    synchronized void unload(String name) {
        if (loaded.remove(name)) {
            log.add("unload " + name + use(name));
        }
    }

    private String use(String name) {
        return running.getOrDefault(name, 0) > 0 ? " in use" : "";
    }

    /// A chat begins: a model that is not in memory is loaded for it, and one that has another
    /// context is loaded anew.
    synchronized void enter(String name, int context) {
        if (disk.containsKey(name) && !loaded.contains(name)) {
            makeRoom(disk.get(name).bytes());
            log.add("demand " + name);
            loaded.add(name);
        }
        context(name, context);
        running.merge(name, 1, Integer::sum);
    }

    /// A chat has ended.
    synchronized void leave(String name) {
        running.merge(name, -1, Integer::sum);
    }

    /// The context with which a model was last loaded; 0 where nobody said.
    public synchronized int context(String name) {
        return contexts.getOrDefault(name, 0);
    }

    /// The context with which a model is loaded; 0 leaves it as it is.
    synchronized void context(String name, int context) {
        Integer before = context > 0 ? contexts.put(name, context) : null;
        if (before != null && before != context && loaded.contains(name)) {
            log.add("reload " + name);
        }
    }
}
