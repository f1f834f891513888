package dev.plasmite.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Fetch;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the channels read over HTTP: documents of bounded size, and files streamed to disk. */
final class HttpReading {

  /** The largest document taken into memory, in bytes; packuments of old packages are large. */
  private static final int MOST = 64 * 1024 * 1024;

  private final Fetch fetch;
  private final ObjectMapper json = StrictJson.mapper();

  HttpReading(Fetch fetch) {
    this.fetch = fetch;
  }

  /**
   * What a server says, whatever its status.
   *
   * @param body never to be shown: a server may repeat what it was sent
   */
  record Answer(int status, String body) {

    @Override
    public String toString() {
      return "status " + status;
    }
  }

  /** Asks, and takes every status for an answer. */
  Answer ask(URI uri, Map<String, String> headers) {
    try (Fetch.Answer answer = fetch.get(uri, headers)) {
      return new Answer(answer.status(), read(uri, answer));
    } catch (IOException e) {
      throw new OutsideFailure("the answer of " + uri.getAuthority() + " broke off", e);
    }
  }

  /**
   * Reads a text.
   *
   * @return nothing when there is none (404, 410)
   * @throws OutsideFailure for every other answer but 200, so that an error is never taken for "not there"
   */
  Optional<String> text(URI uri, Map<String, String> headers) {
    try (Fetch.Answer answer = fetch.get(uri, headers)) {
      if (answer.status() == 404 || answer.status() == 410) {
        return Optional.empty();
      }
      demandOk(uri, answer);
      return Optional.of(read(uri, answer));
    } catch (IOException e) {
      throw new OutsideFailure("the answer of " + uri.getAuthority() + " broke off", e);
    }
  }

  /** Reads a JSON document; see {@link #text}. */
  Optional<JsonNode> json(URI uri, Map<String, String> headers) {
    return text(uri, headers).map(text -> parse(uri, text));
  }

  /** Reads one JSON value. */
  JsonNode parse(URI source, String text) {
    try {
      JsonNode node = json.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new OutsideFailure(source + " answers with nothing where JSON is due");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new OutsideFailure(source + " answers with something that is no JSON");
    }
  }

  /**
   * The address that a registry gives for something.
   *
   * @param base what a relative one starts from
   * @throws OutsideFailure when it is none
   */
  static URI address(URI base, String given) {
    try {
      return base.resolve(given);
    } catch (IllegalArgumentException e) {
      throw new OutsideFailure(base.getAuthority() + " gives an address that is none: " + given);
    }
  }

  /** Gets an artifact into a directory, as a user would. */
  Delivered delivered(URI uri, Artifact artifact, Path directory) {
    String sha256 = download(uri, directory.resolve(artifact.file())).sha256();
    return new Delivered(artifact.file(), artifact.sha256(), sha256);
  }

  /**
   * Streams a file to disk and says what came.
   *
   * @throws NotThere when there is none (404, 410)
   */
  Digests download(URI uri, Path file) {
    try (Fetch.Answer answer = fetch.get(uri, Map.of())) {
      demandOk(uri, answer);
      try (OutputStream out = Files.newOutputStream(file)) {
        return Digests.copy(answer.body(), out);
      }
    } catch (IOException e) {
      throw new OutsideFailure("the download of " + uri + " broke off", e);
    }
  }

  private static String read(URI uri, Fetch.Answer answer) throws IOException {
    byte[] body = answer.body().readNBytes(MOST + 1);
    if (body.length > MOST) {
      throw new OutsideFailure(uri + " answers with more than " + MOST + " bytes");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static void demandOk(URI uri, Fetch.Answer answer) {
    if (answer.status() == 404 || answer.status() == 410) {
      throw new NotThere(uri + " answers with status " + answer.status());
    }
    if (answer.status() != 200) {
      throw new OutsideFailure(uri + " answers with status " + answer.status());
    }
  }
}
