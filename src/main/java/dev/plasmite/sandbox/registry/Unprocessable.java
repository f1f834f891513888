package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Reply;

/** GitHub's answer 422, "Validation Failed": which field of which resource, and why. */
final class Unprocessable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String resource;
  private final String field;
  private final String code;

  Unprocessable(String resource, String field, String code) {
    super(resource + " " + field + " " + code);
    this.resource = resource;
    this.field = field;
    this.code = code;
  }

  Reply reply(ObjectMapper json) {
    ObjectNode body = json.createObjectNode().put("message", "Validation Failed");
    body.putArray("errors").addObject().put("resource", resource).put("code", code).put("field", field);
    body.put("documentation_url", GitHubApi.DOCUMENTATION).put("status", "422");
    return Reply.text(422, GitHubApi.JSON, body.toString());
  }
}
