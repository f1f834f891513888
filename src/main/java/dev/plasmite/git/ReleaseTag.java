package dev.plasmite.git;

import dev.plasmite.version.SemVer;

/**
 * A tag that names a release: {@code v} and a version.
 *
 * @param name the tag's name
 * @param version the version in it
 * @param commit the commit it names, 40 hex digits
 * @param annotated whether it is an annotated tag
 */
public record ReleaseTag(String name, SemVer version, String commit, boolean annotated) {}
