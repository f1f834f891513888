package dev.plasmite.github;

/**
 * An issue, which is no pull request.
 *
 * @param number as people name it
 * @param title its title
 * @param state {@code open} or {@code closed}
 * @param url its page, for people
 */
public record Issue(long number, String title, String state, String url) {}
