package dev.plasmite.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.Finding;
import dev.plasmite.json.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a PyPI token says of itself. PyPI answers nobody about tokens, but a token is a macaroon, whose limits anybody can
 * read (libmacaroons' format 2; warehouse's documentation, "caveats"): {@code [0, until, from]} in seconds since 1970 and
 * {@code [1, [projects]]}, or of old {@code {"exp": until}} and
 * {@code {"permissions": {"projects": [...]}}}. What is read so can only speak against
 * a token: that PyPI knows it, is proven by nothing. A limit that is not understood says nothing.
 *
 * @param until when it ends
 * @param projects the only projects that it is good for, normalized; empty when it names none
 */
record PyPiToken(Optional<Instant> until, List<List<String>> projects) {

  private static final String PREFIX = "pypi-";

  /** How long a token must still hold: longer than a release takes. */
  private static final Duration ENOUGH = Duration.ofHours(1);

  /** A packet's kinds. */
  private static final int END = 0;

  private static final int IDENTIFIER = 2;

  /** Reads it; nothing when it is none that is understood. */
  static Optional<PyPiToken> of(Secret secret) {
    String value = secret.reveal();
    if (!value.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      ByteBuffer packets = ByteBuffer.wrap(Base64.getUrlDecoder().decode(value.substring(PREFIX.length())));
      return packets.hasRemaining() && packets.get() == 2 ? Optional.of(read(packets)) : Optional.empty();
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      return Optional.empty(); // another kind of token: then it says nothing of itself
    }
  }

  /** What speaks against a token for a project, by its normalized name. */
  List<Finding> findings(String project, Instant now) {
    List<Finding> findings = new ArrayList<>();
    until.filter(end -> end.isBefore(now.plus(ENOUGH)))
        .map(end -> Finding.of("the PyPI token ends at " + end + (end.isBefore(now) ? ", which is over" : ", which may be in the middle of the release")))
        .map(finding -> finding.remedy("make a new one in your account there"))
        .ifPresent(findings::add);
    projects.stream()
        .filter(allowed -> !allowed.contains(project))
        .map(allowed -> Finding.of("the PyPI token is limited to " + String.join(", ", allowed) + ", and may not upload to " + project))
        .map(finding -> finding.remedy("make one for " + project + " in your account there; a new project's first upload takes one for the whole account"))
        .findFirst()
        .ifPresent(findings::add);
    return findings;
  }

  /** Packets: a kind, a length, the bytes. The header ends with an end; so does each caveat; then comes the signature. */
  private static PyPiToken read(ByteBuffer packets) {
    Optional<Instant> until = Optional.empty();
    List<List<String>> projects = new ArrayList<>();
    boolean header = true;
    while (packets.hasRemaining()) {
      int kind = packets.get();
      if (kind == END) {
        if (!header && packets.hasRemaining() && packets.get(packets.position()) == END) {
          break; // no caveat more
        }
        header = false;
        continue;
      }
      byte[] bytes = new byte[length(packets)];
      packets.get(bytes);
      if (!header && kind == IDENTIFIER) {
        JsonNode caveat = json(new String(bytes, StandardCharsets.UTF_8));
        JsonNode ends = caveat.isArray() && caveat.path(0).asInt(-1) == 0 ? caveat.path(1) : caveat.path("exp");
        if (ends.isIntegralNumber()) {
          Instant end = Instant.ofEpochSecond(ends.asLong());
          until = until.filter(known -> known.isBefore(end)).or(() -> Optional.of(end));
        }
        names(caveat).ifPresent(projects::add);
      }
    }
    return new PyPiToken(until, projects);
  }

  private static Optional<List<String>> names(JsonNode caveat) {
    JsonNode list =
        caveat.isArray() && caveat.path(0).asInt(-1) == 1 ? caveat.path(1) : caveat.path("permissions").path("projects");
    if (!list.isArray() || list.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    list.forEach(name -> names.add(name.asText().toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-")));
    return Optional.of(List.copyOf(names));
  }

  private static JsonNode json(String text) {
    try {
      JsonNode node = StrictJson.mapper().readTree(text);
      return node == null ? StrictJson.mapper().missingNode() : node;
    } catch (JsonProcessingException e) {
      return StrictJson.mapper().missingNode(); // a caveat of another kind
    }
  }

  /** A number in groups of seven bits, the lowest first. */
  private static int length(ByteBuffer packets) {
    int length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = packets.get();
      length |= (next & 0x7f) << shift;
      if (next >= 0) {
        if (length > packets.remaining()) {
          throw new IllegalArgumentException("longer than what is there");
        }
        return length;
      }
    }
    throw new IllegalArgumentException("no length");
  }
}
