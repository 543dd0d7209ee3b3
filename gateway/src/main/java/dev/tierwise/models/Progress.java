package dev.tierwise.models;

/// Is told how a pull goes on. Called on the pulling thread, often.
public interface Progress {
    /// Tells nobody.
    Progress NONE =
            new Progress() {
                @Override
                public void at(long bytes, long total) {}

                @Override
                public void note(String what) {}
            };

    /// So much is here.
    ///
    /// @param bytes of the file, those of earlier tries included
    /// @param total of the whole file; -1 while unknown
    void at(long bytes, long total);

    /// Something that a user may want to know, such as a broken connection.
    void note(String what);
}
