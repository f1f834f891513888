package dev.plasmite.sandbox.loopback;

/**
 * One request as it was served, for tests and reports. Holds no header and no body, so no secret.
 *
 * @param method the HTTP method
 * @param path the raw path with its query, as sent
 * @param status the status sent; 0 when the connection was dropped without an answer
 * @param received bytes of the body that were read
 * @param authorized whether the request carried an {@code Authorization} header
 * @param agent the client's {@code User-Agent}, or empty
 * @param failure why it went wrong inside the stand-in, or empty
 */
public record Logged(
    String method, String path, int status, long received, boolean authorized, String agent, String failure) {}
