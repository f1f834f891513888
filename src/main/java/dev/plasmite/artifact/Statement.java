package dev.plasmite.artifact;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the attestation says: an in-toto Statement v1 whose predicate is SLSA provenance v1. Subjects are all artifacts
 * and the release manifest, so that none of them, nor the identity in the manifest, can be changed alone.
 *
 * @param subjects sha256 in lower-case hex by file name
 * @param run the build run, as the predicate states it
 * @param builder the predicate's {@code runDetails.builder.id}
 */
public record Statement(Map<String, String> subjects, BuildRun run, String builder) {

  /** {@code _type} of a Statement v1 (in-toto Attestation Framework). */
  public static final String TYPE = "https://in-toto.io/Statement/v1";

  /** {@code predicateType} of SLSA provenance v1. */
  public static final String SLSA = "https://slsa.dev/provenance/v1";

  /** {@code buildType}: the parameters are those of a GitHub workflow run; the build was run by this plugin. */
  public static final String BUILD_TYPE = "urn:plasmite:build:workflow:v1";

  /** Beginning of the builder's id; the id of the signing key follows. */
  public static final String BUILDER = "urn:plasmite:builder:local-key:";

  private static final String FORGE = "https://github.com/";

  public Statement {
    subjects = java.util.Collections.unmodifiableMap(new TreeMap<>(subjects));
  }

  /** What is to be attested of a manifest. */
  public static Statement of(ReleaseManifest manifest, String keyId) {
    Map<String, String> subjects = new TreeMap<>(Checksums.of(manifest.artifacts()).sha256());
    subjects.put(ReleaseManifest.FILE, Digests.sha256(manifest.json()));
    return new Statement(subjects, manifest.run(), BUILDER + keyId);
  }

  /** The statement as JSON in UTF-8. */
  public byte[] json() {
    ObjectMapper mapper = StrictJson.mapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("_type", TYPE);
    ArrayNode list = root.putArray("subject");
    subjects.forEach((name, digest) -> list.addObject().put("name", name).putObject("digest").put("sha256", digest));
    root.put("predicateType", SLSA);
    ObjectNode predicate = root.putObject("predicate");
    ObjectNode definition = predicate.putObject("buildDefinition").put("buildType", BUILD_TYPE);
    definition
        .putObject("externalParameters")
        .putObject("workflow")
        .put("ref", run.ref())
        .put("repository", FORGE + run.repository())
        .put("path", run.workflow());
    definition.putObject("internalParameters").putObject("github").put("event_name", run.event());
    definition
        .putArray("resolvedDependencies")
        .addObject()
        .put("uri", "git+" + FORGE + run.repository() + "@" + run.ref())
        .putObject("digest")
        .put("gitCommit", run.commit());
    ObjectNode details = predicate.putObject("runDetails");
    details.putObject("builder").put("id", builder);
    details.putObject("metadata").put("invocationId", invocation(run));
    try {
      return mapper.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("a tree in memory can be written", e);
    }
  }

  /**
   * Reads a statement that this plugin wrote.
   *
   * @throws Refusal with all that is wrong in it: another type or predicate, a field missing or unknown
   */
  public static Statement parse(byte[] json, Place place) {
    List<Finding> findings = new ArrayList<>();
    StrictFields root = StrictFields.parse(json, place, findings);
    demand(root, "_type", TYPE);
    demand(root, "predicateType", SLSA);
    Map<String, String> subjects = new TreeMap<>();
    for (StrictFields one : root.objects("subject")) {
      String name = one.text("name");
      String digest = one.object("digest").map(d -> only(d, "sha256")).orElse("");
      one.end();
      if (subjects.put(name, digest) != null) {
        one.add("subject " + Shown.text(name) + " is there twice");
      }
    }
    Reading read = new Reading();
    root.object("predicate").ifPresent(read::predicate);
    root.end();
    BuildRun run = read.run(root);
    findings.addAll(run.problems(place));
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return new Statement(subjects, run, read.builder);
  }

  private static String invocation(BuildRun run) {
    return FORGE + run.repository() + "/actions/runs/" + run.runId() + "/attempts/" + run.attempt();
  }

  private static void demand(StrictFields object, String name, String wanted) {
    String is = object.text(name);
    if (!is.equals(wanted)) {
      object.add("'" + object.path() + name + "' is " + Shown.text(is) + ", not " + wanted);
    }
  }

  private static String only(StrictFields object, String name) {
    String text = object.text(name);
    object.end();
    return text;
  }

  /** The predicate's parts as they are found. */
  private static final class Reading {
    private String ref = "";
    private String repository = "";
    private String path = "";
    private String event = "";
    private String commit = "";
    private String source = "";
    private String invocation = "";
    private String builder = "";

    void predicate(StrictFields predicate) {
      predicate.object("buildDefinition").ifPresent(this::definition);
      predicate.object("runDetails").ifPresent(this::details);
      predicate.end();
    }

    private void definition(StrictFields definition) {
      demand(definition, "buildType", BUILD_TYPE);
      definition
          .object("externalParameters")
          .ifPresent(
              external -> {
                external
                    .object("workflow")
                    .ifPresent(
                        workflow -> {
                          ref = workflow.text("ref");
                          repository = workflow.text("repository");
                          path = workflow.text("path");
                          workflow.end();
                        });
                external.end();
              });
      definition
          .object("internalParameters")
          .ifPresent(
              internal -> {
                event = internal.object("github").map(github -> only(github, "event_name")).orElse("");
                internal.end();
              });
      for (StrictFields dependency : definition.objects("resolvedDependencies")) {
        source = dependency.text("uri");
        commit = dependency.object("digest").map(digest -> only(digest, "gitCommit")).orElse("");
        dependency.end();
      }
      definition.end();
    }

    private void details(StrictFields details) {
      builder = details.object("builder").map(b -> only(b, "id")).orElse("");
      invocation = details.object("metadata").map(m -> only(m, "invocationId")).orElse("");
      details.end();
    }

    /** The run, when its parts do not contradict each other. */
    BuildRun run(StrictFields root) {
      String name = repository.startsWith(FORGE) ? repository.substring(FORGE.length()) : repository;
      String[] parts = invocation.split("/", -1);
      long id = parts.length < 4 ? 0 : digits(parts[parts.length - 3], Long.MAX_VALUE);
      int attempt = parts.length < 4 ? 0 : (int) digits(parts[parts.length - 1], Integer.MAX_VALUE);
      BuildRun run = new BuildRun(name, path, event, id, attempt, commit, ref);
      if (!invocation.equals(Statement.invocation(run)) || !source.equals("git+" + FORGE + name + "@" + ref)) {
        root.add("the predicate contradicts itself about the build run: " + Shown.text(invocation) + ", " + Shown.text(source));
      }
      return run;
    }

    private static long digits(String text, long most) {
      if (!text.matches("[1-9][0-9]{0,17}")) {
        return 0;
      }
      long value = Long.parseLong(text);
      return value > most ? 0 : value;
    }
  }
}
