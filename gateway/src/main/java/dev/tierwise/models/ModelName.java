package dev.tierwise.models;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a user calls a model, and so where it comes from.
public sealed interface ModelName {
    /// The forms that can be written, for messages.
    String FORMS =
            "write hf.co/OWNER/REPO[:QUANT] or OWNER/REPO[:QUANT] for Hugging Face, NAME:TAG or"
                    + " library/NAME:TAG for Ollama's registry, an https address that ends with"
                    + " .gguf, or the path of a .gguf file";

    /// The name as the store shows it, as far as it is known before anything is fetched.
    String shown();

    /// A GGUF file in a repository of Hugging Face.
    ///
    /// @param owner the user or organisation
    /// @param repo the repository
    /// @param revision the branch, tag or commit
    /// @param quantisation such as `Q4_K_M`; null for the usual one
    /// @param file the path of one file; null to choose by quantisation
    record HuggingFace(
            String owner,
            String repo,
            String revision,
            @Nullable String quantisation,
            @Nullable String file)
            implements ModelName {
        @Override
        public String shown() {
            return "hf.co/" + owner + "/" + repo + (quantisation == null ? "" : ":" + quantisation);
        }
    }

    /// A model of Ollama's registry.
    ///
    /// @param space `library` or a user
    /// @param model its name
    /// @param tag its variant
    record Ollama(String space, String model, String tag) implements ModelName {
        @Override
        public String shown() {
            return (space.equals("library") ? "" : "ollama.com/" + space + "/") + model + ":" + tag;
        }
    }

    /// A file on the web.
    ///
    /// @param address ends with `.gguf`; its query may hold a signature and is never shown
    record Web(URI address) implements ModelName {
        @Override
        public String shown() {
            return stem(address.getPath());
        }

        @Override
        public String toString() {
            return "Web[" + address.getHost() + address.getPath() + "]";
        }
    }

    /// A file on this machine.
    ///
    /// @param file its path
    record Local(Path file) implements ModelName {
        @Override
        public String shown() {
            return stem(file.toString());
        }
    }

    /// What reading a name came to.
    sealed interface Parsed {
        /// It is a name.
        ///
        /// @param name what it means
        record Good(ModelName name) implements Parsed {}

        /// It is none.
        ///
        /// @param message why, and what to write instead
        record Bad(String message) implements Parsed {}
    }

    private static String stem(String path) {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String stem = file.replaceFirst("(?i)\\.gguf$", "").replaceAll("[^A-Za-z0-9._-]", "-");
        return stem.isEmpty() ? "model" : stem;
    }
}
