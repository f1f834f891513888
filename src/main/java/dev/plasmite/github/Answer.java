package dev.plasmite.github;

import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * One HTTP answer.
 *
 * @param endpoint method and path, for messages
 * @param uri where it came from, after redirects
 * @param status the HTTP status
 * @param headers its headers
 * @param body its bytes; empty when they went to a file
 */
record Answer(String endpoint, URI uri, int status, HttpHeaders headers, byte[] body) {}
