package dev.plasmite.github;

/**
 * A tag as GitHub has it.
 *
 * @param name without {@code refs/tags/}
 * @param sha what the ref points at
 * @param type of that object: {@code tag} when the tag is annotated, else {@code commit}
 */
public record TagRef(String name, String sha, String type) {}
