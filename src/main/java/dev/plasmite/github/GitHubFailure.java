package dev.plasmite.github;

import dev.plasmite.gate.OutsideFailure;
import java.util.List;

/** GitHub did not do what was asked. The message names the endpoint and the status, and never holds the token. */
public final class GitHubFailure extends OutsideFailure {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String endpoint;
  private final transient List<String> codes;

  GitHubFailure(int status, String endpoint, String message, List<String> codes) {
    super(endpoint + ": " + message);
    this.status = status;
    this.endpoint = endpoint;
    this.codes = List.copyOf(codes);
  }

  /** The HTTP status; 0 when there was no answer, so that what happened there is not known. */
  public int status() {
    return status;
  }

  /** Method and path, such as {@code GET /repos/o/n/releases}. */
  public String endpoint() {
    return endpoint;
  }

  /** GitHub's own codes of a refused request (422), such as {@code already_exists}. */
  public List<String> codes() {
    return codes;
  }
}
