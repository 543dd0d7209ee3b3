package dev.tierwise.discover;

/// Something that was looked for and cannot be used.
///
/// @param source the backend's name
/// @param where the address or the environment variables that were looked at
/// @param why what was there instead, such as `nothing answers`
/// @param next what to do or type to mend it
public record Missing(String source, String where, String why, String next) {}
