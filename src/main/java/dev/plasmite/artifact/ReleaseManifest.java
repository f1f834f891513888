package dev.plasmite.artifact;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.json.StrictJson;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The list of a build run's artifacts, kept as {@value #FILE} beside them. Written, it is the same text for the same
 * content; read, anything unexpected in it is a finding.
 *
 * @param version the version released
 * @param run the run that built them
 * @param artifacts sorted by file name; never empty
 */
public record ReleaseManifest(SemVer version, BuildRun run, List<Artifact> artifacts) {

  /** Its file name. */
  public static final String FILE = "release-manifest.json";

  /** The version of its format. */
  public static final int SCHEMA = 1;

  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+~-]{0,199}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHA512 = Pattern.compile("[0-9a-f]{128}");
  private static final Pattern PLATFORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public ReleaseManifest {
    artifacts = artifacts.stream().sorted(Comparator.comparing(Artifact::file)).toList();
  }

  /** The release tag: {@code v} + version. */
  public String tag() {
    return version.tag();
  }

  /** Size of all artifacts together, in bytes. */
  public long bytes() {
    return artifacts.stream().mapToLong(Artifact::size).sum();
  }

  /**
   * One manifest of several, each of which one platform's build wrote. What two of them hold must be the same bytes.
   *
   * @throws Refusal when they are not of one version and one build run, or a file differs
   */
  public static ReleaseManifest merge(List<ReleaseManifest> parts) {
    if (parts.isEmpty()) {
      throw new Refusal(Finding.of("no release manifest to merge").remedy("give the directory of each platform's set"));
    }
    ReleaseManifest first = parts.get(0);
    List<Finding> findings = new ArrayList<>();
    Map<String, Artifact> all = new TreeMap<>();
    for (ReleaseManifest part : parts) {
      String where = part.artifacts().isEmpty() ? FILE : part.artifacts().get(0).path().resolveSibling(FILE).toString();
      if (!part.version().equals(first.version())) {
        findings.add(
            Finding.of("it is of " + part.tag() + ", another is of " + first.tag())
                .at(Place.file(where))
                .remedy("merge the sets of one release"));
      }
      findings.addAll(part.run().differences(first.run(), Place.file(where)));
      for (Artifact artifact : part.artifacts()) {
        Artifact before = all.putIfAbsent(artifact.file().toLowerCase(Locale.ROOT), artifact);
        boolean same =
            before == null
                || (before.file().equals(artifact.file())
                    && before.kind() == artifact.kind()
                    && before.platform().equals(artifact.platform())
                    && before.digests().equals(artifact.digests()));
        if (!same) {
          findings.add(
              Finding.of("two platforms built different files of this name: sha256 " + before.sha256() + " and "
                      + artifact.sha256())
                  .at(Place.file(artifact.file()))
                  .remedy("let one platform only build it, or make its bytes reproducible"));
        }
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return new ReleaseManifest(first.version(), first.run(), List.copyOf(all.values()));
  }

  /** Whether a name may be an artifact's: a plain ASCII file name that no shell, URL or file system reads otherwise. */
  public static boolean isFileName(String name) {
    return FILE_NAME.matcher(name).matches();
  }

  /** The text of {@value #FILE}: UTF-8, one trailing newline. */
  public byte[] json() {
    ObjectMapper mapper = StrictJson.mapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", SCHEMA).put("tag", tag()).put("version", version.toString());
    root.put("repository", run.repository()).put("commit", run.commit()).put("ref", run.ref());
    root.put("workflow", run.workflow()).put("event", run.event()).put("runId", run.runId()).put("attempt", run.attempt());
    ArrayNode list = root.putArray("artifacts");
    for (Artifact artifact : artifacts) {
      ObjectNode one = list.addObject().put("kind", artifact.kind().id()).put("file", artifact.file());
      one.put("platform", artifact.platform().orElse(null)).put("size", artifact.size());
      one.put("sha256", artifact.sha256()).put("sha512", artifact.sha512());
    }
    try {
      return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("a tree in memory can be written", e);
    }
  }

  /**
   * Reads a manifest; its artifacts lie beside it.
   *
   * @throws Refusal with all that is wrong in it
   * @throws OutsideFailure when the file cannot be read
   */
  public static ReleaseManifest read(Path file) {
    return parse(SmallFile.bytes(file), file.toAbsolutePath().getParent());
  }

  /**
   * Reads a manifest's text.
   *
   * @param directory where its artifacts lie
   * @throws Refusal with all that is wrong in it
   */
  public static ReleaseManifest parse(byte[] json, Path directory) {
    Place place = Place.file(FILE);
    List<Finding> findings = new ArrayList<>();
    StrictFields root = StrictFields.parse(json, place, findings);
    root.number("schema", SCHEMA, SCHEMA);
    String tag = root.text("tag");
    String versionText = root.text("version");
    Optional<SemVer> version = SemVer.tryParse(versionText);
    if (version.isEmpty()) {
      root.add("'version' is no version: " + Shown.text(versionText));
    } else if (!version.get().tag().equals(tag)) {
      root.add("'tag' is " + Shown.text(tag) + ", but the tag of version " + version.get() + " is " + version.get().tag());
    }
    BuildRun run =
        new BuildRun(
            root.text("repository"),
            root.text("workflow"),
            root.text("event"),
            root.number("runId", 1, Long.MAX_VALUE),
            (int) root.number("attempt", 1, Integer.MAX_VALUE),
            root.text("commit"),
            root.text("ref"));
    findings.addAll(run.problems(place));
    List<Artifact> artifacts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (StrictFields one : root.objects("artifacts")) {
      artifact(one, directory, names).ifPresent(artifacts::add);
    }
    root.end();
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return new ReleaseManifest(version.get(), run, artifacts);
  }

  private static Optional<Artifact> artifact(StrictFields one, Path directory, Set<String> names) {
    String kindText = one.text("kind");
    Optional<Kind> kind = List.of(Kind.values()).stream().filter(k -> k.id().equals(kindText)).findFirst();
    if (kind.isEmpty()) {
      one.add("'" + one.path() + "kind' is no kind of artifact: " + Shown.text(kindText));
    }
    String file = one.text("file");
    boolean plain = isFileName(file);
    if (!plain) {
      one.add("'" + one.path() + "file' is no plain file name: " + Shown.text(file));
    } else if (!names.add(file.toLowerCase(Locale.ROOT))) {
      one.add("'" + one.path() + "file' is there twice: " + Shown.text(file));
    }
    Optional<String> platform = one.textOrNull("platform");
    platform.filter(p -> !PLATFORM.matcher(p).matches())
        .ifPresent(p -> one.add("'" + one.path() + "platform' is no platform: " + Shown.text(p)));
    Digests digests = new Digests(one.number("size", 0, Long.MAX_VALUE), one.text("sha256"), one.text("sha512"));
    if (!SHA256.matcher(digests.sha256()).matches()) {
      one.add("'" + one.path() + "sha256' must be 64 lower-case hex digits");
    }
    if (!SHA512.matcher(digests.sha512()).matches()) {
      one.add("'" + one.path() + "sha512' must be 128 lower-case hex digits");
    }
    one.end();
    return kind.isPresent() && plain
        ? Optional.of(new Artifact(kind.get(), directory.resolve(file), platform, digests))
        : Optional.empty();
  }
}
