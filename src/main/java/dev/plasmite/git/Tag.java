package dev.plasmite.git;

import java.util.Optional;

/**
 * A tag, followed to what it names.
 *
 * @param name without {@code refs/tags/}
 * @param id what the ref points at: the tag object, or the commit when the tag is lightweight; 40 hex digits
 * @param annotated whether there is a tag object with author, date and message
 * @param kind what is found when every nested tag is followed: {@code commit}, {@code tree} or {@code blob}
 * @param commit the commit's id; empty when the tag names no commit
 */
public record Tag(String name, String id, boolean annotated, String kind, Optional<String> commit) {}
