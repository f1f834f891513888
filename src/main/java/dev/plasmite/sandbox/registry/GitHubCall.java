package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.Request;
import java.io.IOException;
import java.util.List;

/**
 * One call about one repository: who asks for what, and how answers are put together.
 *
 * @param request the request
 * @param repository the repository's document
 * @param access who may do what
 * @param shape how things look
 */
record GitHubCall(Request request, ObjectNode repository, GitHubAccess access, GitHubShapes shape) {

  private static final int MAX_BODY = 2 << 20;

  /** The method; HEAD is answered as GET, the server drops the body. */
  String method() {
    return request.method().equals("HEAD") ? "GET" : request.method();
  }

  /** {@code owner/name}. */
  String fullName() {
    return repository.path("full_name").asText();
  }

  /** A JSON answer. */
  Reply json(int status, JsonNode body) {
    return Reply.text(status, GitHubApi.JSON, body.toString());
  }

  /** The body, which must be a JSON object. */
  JsonNode body() throws IOException {
    try {
      JsonNode body = shape.json().readTree(request.smallBody(MAX_BODY));
      if (body instanceof ObjectNode) {
        return body;
      }
    } catch (JsonProcessingException e) {
      throw new Rejection(400, "Problems parsing JSON");
    }
    throw new Rejection(400, "Body should be a JSON object");
  }

  /** One page of a list with its count. */
  Reply counted(String name, List<JsonNode> found) {
    Page page = page(found);
    ObjectNode body = shape.json().createObjectNode().put("total_count", found.size());
    body.set(name, page.items());
    return page.linked(json(200, body));
  }

  /** One page of a list that stands alone in its object. */
  Reply named(String name, List<JsonNode> found) {
    Page page = page(found);
    ObjectNode body = shape.json().createObjectNode();
    body.set(name, page.items());
    return page.linked(json(200, body));
  }

  /** One page of a bare list. */
  Reply list(List<JsonNode> found) {
    Page page = page(found);
    return page.linked(json(200, page.items()));
  }

  private Page page(List<JsonNode> found) {
    int perPage = Math.max(1, Math.min(100, count("per_page", 30)));
    int number = Math.max(1, count("page", 1));
    int pages = Math.max(1, (found.size() + perPage - 1) / perPage);
    int from = (int) Math.min((number - 1L) * perPage, found.size());
    ArrayNode items = shape.json().createArrayNode();
    found.subList(from, Math.min(from + perPage, found.size())).forEach(items::add);
    String rest = request.target().replaceAll("([?&])page=[^&]*&?", "$1").replaceAll("[?&]$", "");
    String address = shape.api() + rest + (rest.contains("?") ? "&" : "?") + "page=";
    String link =
        number < pages
            ? "<" + address + (number + 1) + ">; rel=\"next\", <" + address + pages + ">; rel=\"last\""
            : "";
    return new Page(items, link);
  }

  private int count(String parameter, int otherwise) {
    return request.query(parameter).filter(text -> text.matches("[0-9]{1,6}")).map(Integer::parseInt).orElse(otherwise);
  }

  /** One page of a list, and the links to its neighbours. */
  private record Page(ArrayNode items, String link) {
    Reply linked(Reply reply) {
      return link.isEmpty() ? reply : reply.header("Link", link);
    }
  }
}
