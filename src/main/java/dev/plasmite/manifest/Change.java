package dev.plasmite.manifest;

/**
 * The new content of one file.
 *
 * @param path relative to the root, with {@code /}
 * @param before the bytes that must still be there when it is written
 * @param after the bytes to be there
 */
public record Change(String path, byte[] before, byte[] after) {}
