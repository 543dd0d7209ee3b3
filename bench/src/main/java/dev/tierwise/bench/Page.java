package dev.tierwise.bench;

/// A Markdown page with parts that the harness writes, between markers, among text that people
/// write.
///
/// @param text the whole page
record Page(String text) {
    /// The same page with one generated part exchanged; a part that the page lacks is added at its
    /// end.
    ///
    /// @param name the part's name in its markers
    /// @param body Markdown
    /// @throws IllegalArgumentException when a part begins and does not end
    Page with(String name, String body) {
        String begin = "<!-- bench:" + name + " begin: written by ./tw bench -->";
        String end = "<!-- bench:" + name + " end -->";
        String part = begin + "\n" + body.strip() + "\n" + end;
        int from = text.indexOf(begin);
        if (from < 0) {
            return new Page((text.stripTrailing() + "\n\n" + part + "\n").stripLeading());
        }
        int to = text.indexOf(end, from);
        if (to < 0) {
            throw new IllegalArgumentException("the page has no line " + end);
        }
        return new Page(text.substring(0, from) + part + text.substring(to + end.length()));
    }
}
