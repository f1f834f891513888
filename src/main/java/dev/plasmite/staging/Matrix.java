package dev.plasmite.staging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.artifact.Target;
import dev.plasmite.artifact.Targets;
import dev.plasmite.json.StrictJson;

/**
 * The targets as a job matrix of GitHub Actions (workflow syntax, {@code jobs.<id>.strategy.matrix.include}), for
 * {@code matrix: ${{ fromJSON(...) }}}.
 */
public final class Matrix {

  private Matrix() {}

  /** The matrix as JSON in one line, in the order of the targets. */
  public static String json(Targets targets) {
    ObjectMapper mapper = StrictJson.mapper();
    ObjectNode root = mapper.createObjectNode();
    ArrayNode include = root.putArray("include");
    for (Target target : targets.targets()) {
      include
          .addObject()
          .put("os", target.runner())
          .put("target", target.rustTarget())
          .put("sdk_platform", target.sdkPlatform())
          .put("node_platform", target.nodePlatform())
          .put("sdk", target.buildSdk())
          .put("upload_sdist", target.uploadSdist())
          .put("upload_wheel", target.uploadWheel());
    }
    try {
      return mapper.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree in memory can be written", e);
    }
  }
}
