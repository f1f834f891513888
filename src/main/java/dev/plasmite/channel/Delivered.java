package dev.plasmite.channel;

/**
 * A file as a user receives it.
 *
 * @param file its name in the release
 * @param staged hex sha256 of the file as staged
 * @param sha256 hex sha256 of the received bytes
 */
public record Delivered(String file, String staged, String sha256) {}
