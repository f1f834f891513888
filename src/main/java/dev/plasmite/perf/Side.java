package dev.plasmite.perf;

import java.nio.file.Path;

/**
 * One of the two checkouts.
 *
 * @param role {@code base} or {@code candidate}
 * @param shown the tag or {@code candidate}, for people
 * @param commit 40 hex digits
 * @param directory the checkout
 */
record Side(String role, String shown, String commit, Path directory) {}
