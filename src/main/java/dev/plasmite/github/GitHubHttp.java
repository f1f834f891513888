package dev.plasmite.github;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP as the train speaks it to GitHub: redirects followed by hand and without the token elsewhere, every request
 * bounded in time and size, only reads sent again, every answer that is not 2xx a failure, every effect asked for.
 */
final class GitHubHttp {

  private static final String JSON = "application/vnd.github+json";
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_BODY = 32 * 1024 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final URI base;
  private final Optional<String> token;
  private final EffectGate gate;
  private final Backoff backoff;
  private final Duration limit;
  private final Clock clock;
  private final Failures failures;
  private HttpClient client;

  GitHubHttp(URI base, Optional<String> token, EffectGate gate, Backoff backoff, Duration limit, Clock clock) {
    this.base = base;
    this.token = token;
    this.gate = gate;
    this.backoff = backoff;
    this.limit = limit;
    this.clock = clock;
    this.failures = new Failures(token, clock);
  }

  /** The same without a token. */
  GitHubHttp asStranger() {
    return new GitHubHttp(base, Optional.empty(), gate, backoff, limit, clock);
  }

  URI base() {
    return base;
  }

  Failures failures() {
    return failures;
  }

  /** Reads; sent again after a bounded wait when GitHub is busy or broken. */
  Answer get(URI uri, String accept) {
    return read(uri, accept, info -> new LimitedBody(MAX_BODY), limit);
  }

  /** Reads into a file; what an earlier attempt left in it is gone first. */
  Answer download(URI uri, Path file, Duration longLimit) {
    return read(
        uri,
        "application/octet-stream",
        info ->
            info.statusCode() == 200
                ? BodySubscribers.mapping(
                    BodySubscribers.ofFile(file, CREATE, TRUNCATE_EXISTING, WRITE), path -> new byte[0])
                : new LimitedBody(MAX_BODY),
        longLimit);
  }

  /**
   * Reads into a new file that only its owner can read, and says the sha256 of the bytes that went into it.
   *
   * @param most how many bytes are taken
   */
  String download(URI uri, Path file, long most, Duration longLimit) {
    PrivateBody[] body = new PrivateBody[1];
    read(
        uri,
        JSON,
        info -> {
          if (info.statusCode() != 200) {
            return new LimitedBody(MAX_BODY);
          }
          body[0] = new PrivateBody(file, most);
          return body[0];
        },
        longLimit);
    if (body[0] == null) {
      throw new GitHubFailure(0, endpoint("GET", uri), "GitHub answered without a file", List.of());
    }
    return body[0].sha256();
  }

  /**
   * Changes something; sent once, never again.
   *
   * @param what the deed in words, for the gate's message
   */
  Answer change(String method, URI uri, Body body, Effect effect, String what) {
    String endpoint = endpoint(method, uri);
    demand(effect.reads() ? Effect.IRREVERSIBLE : effect, uri, what);
    HttpRequest.Builder request = request(uri, JSON, true).timeout(body.limit());
    request.header("Content-Type", body.type()).method(method, body.publisher());
    Answer answer = send(request.build(), endpoint, info -> new LimitedBody(MAX_BODY), body.limit());
    if (answer.status() / 100 == 3) {
      throw failures.of(answer, "it moved; set the repository's new name");
    }
    if (answer.status() / 100 != 2) {
      throw failures.of(answer, "");
    }
    return answer;
  }

  /**
   * What is sent.
   *
   * @param type its media type
   * @param publisher its bytes
   * @param limit of the whole request
   */
  record Body(String type, BodyPublisher publisher, Duration limit) {}

  Body json(JsonNode json) {
    return new Body("application/json", BodyPublishers.ofString(json.toString()), limit);
  }

  /** No bytes at all. */
  Body empty() {
    return new Body("application/json", BodyPublishers.noBody(), limit);
  }

  private Answer read(URI uri, String accept, BodyHandler<byte[]> handler, Duration bound) {
    String endpoint = endpoint("GET", uri);
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> wait;
      GitHubFailure failure;
      try {
        Answer answer = follow(uri, accept, endpoint, handler, bound);
        if (answer.status() / 100 == 2) {
          return answer;
        }
        failure = failures.of(answer, "");
        wait = backoff.after(attempt, answer);
      } catch (GitHubFailure e) {
        if (e.status() != 0) {
          throw e;
        }
        failure = e;
        wait = backoff.afterSilence(attempt);
      }
      if (wait.isEmpty()) {
        throw failure;
      }
      backoff.pause(wait.get(), endpoint);
    }
  }

  private Answer follow(URI start, String accept, String endpoint, BodyHandler<byte[]> handler, Duration bound) {
    URI uri = start;
    boolean withToken = true;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      demand(Effect.READ, uri, "read " + endpoint + " from " + uri.getHost());
      Answer answer = send(request(uri, accept, withToken).timeout(bound).GET().build(), endpoint, handler, bound);
      if (!List.of(301, 302, 303, 307, 308).contains(answer.status())) {
        return answer;
      }
      URI next = target(answer, uri);
      // Once gone the token stays gone: a chain that comes back is no reason to hand it out again.
      withToken = withToken && Hosts.sameOrigin(base, next);
      uri = next;
    }
    throw new GitHubFailure(310, endpoint, "more than " + MAX_REDIRECTS + " redirects", List.of());
  }

  private URI target(Answer answer, URI from) {
    String location = answer.headers().firstValue("location").orElse("");
    try {
      URI next = from.resolve(location);
      // An API outside has no business with this machine's own ports.
      boolean inwards = Hosts.loopback(next) && !Hosts.loopback(base);
      if (!location.isEmpty() && Hosts.permitted(next) && !inwards) {
        return next;
      }
    } catch (IllegalArgumentException e) {
      throw failures.of(answer, "its redirect is no address");
    }
    throw failures.of(answer, "its redirect goes to an address that is not HTTPS, or to none");
  }

  private void demand(Effect effect, URI uri, String what) {
    if (!Hosts.permitted(uri)) {
      throw new GitHubFailure(0, uri.getScheme() + "://" + uri.getHost(), "only HTTPS is spoken to GitHub", List.of());
    }
    // A caller's word that it is the sandbox does not count when the address is outside.
    gate.demand(effect == Effect.LOOPBACK && !Hosts.loopback(uri) ? Effect.IRREVERSIBLE : effect, uri, what);
  }

  private HttpRequest.Builder request(URI uri, String accept, boolean withToken) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Accept", accept)
            .header("User-Agent", "plasmite-maven-plugin")
            .header("X-GitHub-Api-Version", "2022-11-28");
    if (withToken) {
      token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    }
    return request;
  }

  private Answer send(HttpRequest request, String endpoint, BodyHandler<byte[]> handler, Duration bound) {
    CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(request, handler);
    try {
      // The client's own time-out ends with the headers; this one bounds the body too.
      HttpResponse<byte[]> response = answer.get(bound.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(endpoint, request.uri(), response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw failures.silence(endpoint, request.method(), "no answer within " + bound.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw failures.silence(endpoint, request.method(), "no answer: " + why(cause, request.uri()));
      }
      throw new IllegalStateException(endpoint + " failed in an unknown way", e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw failures.silence(endpoint, request.method(), "interrupted");
    }
  }

  /** Why there is no answer; the client often says no more than the name of an exception. */
  private static String why(IOException cause, URI uri) {
    String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return cause instanceof ConnectException
        ? "cannot connect to " + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + said
        : said.isEmpty() ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Made when it is needed, for that takes a while and many a goal asks GitHub nothing. */
  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .version(HttpClient.Version.HTTP_1_1)
              .build();
    }
    return client;
  }

  private String endpoint(String method, URI uri) {
    return method + " " + uri.getRawPath();
  }
}
