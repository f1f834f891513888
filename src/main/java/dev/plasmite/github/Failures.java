package dev.plasmite.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts what GitHub answered into a sentence, with what to do where that is known, and without the token. */
final class Failures {

  private final Optional<String> token;
  private final Backoff headers;

  Failures(Optional<String> token, Clock clock) {
    this.token = token;
    this.headers = new Backoff(clock, time -> {});
  }

  /** An answer that is not 2xx. */
  GitHubFailure of(Answer answer, String hint) {
    List<String> codes = new ArrayList<>();
    String said = said(answer, codes);
    StringBuilder message = new StringBuilder("GitHub answered ").append(answer.status());
    if (!said.isEmpty()) {
      message.append(" (").append(clean(said)).append(')');
    }
    String advice = hint.isEmpty() ? advice(answer) : hint;
    return new GitHubFailure(
        answer.status(), answer.endpoint(), message + (advice.isEmpty() ? "" : "; " + advice), codes);
  }

  /** A 2xx answer that is not what the endpoint's documentation promises. */
  GitHubFailure malformed(Answer answer, String why) {
    return new GitHubFailure(
        answer.status(),
        answer.endpoint(),
        "GitHub answered " + answer.status() + ", but " + clean(why) + "; is GITHUB_API_URL the address of the API?",
        List.of());
  }

  /** No answer. */
  GitHubFailure silence(String endpoint, String method, String why) {
    boolean read = method.equals("GET");
    return new GitHubFailure(
        0, endpoint, clean(why) + (read ? "" : "; whether it was done there is not known"), List.of());
  }

  private String advice(Answer answer) {
    Optional<java.time.Duration> wait = headers.asked(answer);
    return switch (answer.status()) {
      case 401 -> token.isEmpty() ? "it wants a token: set one" : "the token is not valid (any more): set a new one";
      case 403 ->
          wait.map(d -> "the rate limit is used up, try again in " + d.toSeconds() + " s")
              .orElse("the token lacks the permission for this");
      case 404 -> token.isEmpty()
          ? "it is not there, or private: then set a token"
          : "it is not there, or the token may not see it";
      case 429 -> wait.map(d -> "try again in " + d.toSeconds() + " s").orElse("try again later");
      default -> answer.status() >= 500 ? "try again later" : "";
    };
  }

  private String said(Answer answer, List<String> codes) {
    try {
      JsonNode body = StrictJson.mapper().readTree(answer.body());
      if (body == null || !body.isObject()) {
        return "";
      }
      for (JsonNode error : body.path("errors")) {
        if (error.path("code").isTextual()) {
          codes.add(error.path("code").asText());
        }
      }
      return body.path("message").asText("") + (codes.isEmpty() ? "" : ": " + String.join(", ", codes));
    } catch (IOException e) {
      return "no JSON"; // an error page of something in between: the status says enough
    }
  }

  /** One line of printable text, of bounded length, without the token even when a server echoes it. */
  private String clean(String text) {
    String shown = token.filter(t -> !t.isEmpty()).map(t -> text.replace(t, "***")).orElse(text);
    shown = shown.replaceAll("\\p{Cntrl}+", " ");
    // Cut between words: a secret that is cut in two is known to nobody who looks for it later.
    return shown.length() > 300 ? shown.substring(0, 300).replaceFirst("\\S*$", "") + "..." : shown;
  }
}
