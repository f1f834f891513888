package dev.plasmite.candidate.blocker;

import dev.plasmite.gate.Place;

/**
 * An open task that forbids tagging and publishing.
 *
 * @param id as its home names it
 * @param title what is wrong, in a line
 * @param place where to read more: a file with its line, an address
 */
public record Blocker(String id, String title, Place place) {}
