package dev.tierwise.models;

import dev.tierwise.call.http.HttpDownload;
import java.nio.file.Path;

/// A process that pulls one model and prints what came of it, to be killed on the way.
public final class Puller {
    private Puller() {}

    /// Pulls.
    ///
    /// @param arguments the store's folder and the model's name
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        var registries =
                ((Registries.Reading.Good) Registries.of(System::getenv, false)).registries();
        var name = ((ModelName.Parsed.Good) registries.parse(arguments[1], false)).name();
        try (var download = new HttpDownload(HttpDownload.USUAL, () -> false)) {
            var pull =
                    new Pull(
                            new Store(Path.of(arguments[0])),
                            registries,
                            Pull.Surroundings.real(download));
            System.out.println(pull.pull(name, null, Progress.NONE));
        }
    }
}
