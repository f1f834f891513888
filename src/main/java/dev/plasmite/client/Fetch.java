package dev.plasmite.client;

import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads from a registry over HTTP. Redirects are followed by hand, a few times, never from https to http and without
 * the headers of the first request, since the JDK's client would send a credential on to another host.
 */
public final class Fetch {

  private static final int MOST_REDIRECTS = 5;

  /** Who asks: crates.io answers nobody who does not say it. */
  private static final String AGENT = "plasmite-maven-plugin";

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TRANSFER = Duration.ofMinutes(15);

  private final EffectGate effects;
  private final Effect effect;
  private final Duration timeout;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  public Fetch(EffectGate effects) {
    this(effects, TIMEOUT);
  }

  /** With another limit for the time until an answer begins. */
  Fetch(EffectGate effects, Duration timeout) {
    this(effects, Effect.READ, timeout);
  }

  private Fetch(EffectGate effects, Effect effect, Duration timeout) {
    this.effects = effects;
    this.effect = effect;
    this.timeout = timeout;
  }

  /** One that fetches other people's packages. */
  public static Fetch ofPackages(EffectGate effects) {
    return new Fetch(effects, Effect.DOWNLOAD, TIMEOUT);
  }

  /** What a server answered; the body must be closed. */
  public record Answer(int status, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * Asks for a document.
   *
   * @return the answer with whatever final status it has
   * @throws OutsideFailure when no answer comes, or redirects do not end
   */
  public Answer get(URI uri, Map<String, String> headers) {
    URI at = uri;
    Map<String, String> sent = headers;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      effects.demand(effect, at, effect == Effect.DOWNLOAD ? "fetch a package" : "read");
      HttpResponse<InputStream> response = send(at, sent);
      if (response.statusCode() / 100 != 3 || response.statusCode() == 304) {
        // The request's own limit ends with the headers: a body that stalls is closed, and the read fails.
        CompletableFuture.delayedExecutor(TRANSFER.toSeconds(), TimeUnit.SECONDS).execute(() -> close(response.body()));
        return new Answer(response.statusCode(), response.body());
      }
      close(response.body());
      URI next = target(at, response.headers().firstValue("location").orElse(""));
      if ("https".equals(at.getScheme()) && !"https".equals(next.getScheme())) {
        throw new OutsideFailure(uri + " redirects from https to " + next.getScheme());
      }
      sent = Map.of();
      at = next;
    }
    throw new OutsideFailure(uri + " redirects without end");
  }

  private static URI target(URI from, String location) {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new OutsideFailure(from.getAuthority() + " redirects to an address that is none");
    }
  }

  private HttpResponse<InputStream> send(URI uri, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout).header("User-Agent", AGENT).GET();
    headers.forEach(request::header);
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new OutsideFailure("no answer from " + uri.getAuthority(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure("interrupted while waiting for " + uri.getAuthority());
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new OutsideFailure("cannot close a connection", e);
    }
  }
}
