package dev.plasmite.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Reply;
import dev.plasmite.sandbox.loopback.StateDirectory;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The packages a registry holds: {@code packages/[@scope/]name/packument.json} beside the tarballs. The packument is
 * written after the tarball, in one rename: that is the moment a version is published. It holds no address.
 */
final class NpmShelf {

  private static final Pattern PART = Pattern.compile("[a-z0-9_-][a-z0-9._-]*");
  private static final int MAX_NAME = 214;

  /** What of a version stands in the abbreviated packument (npm registry, "Package Metadata"). */
  private static final List<String> BRIEF =
      List.of(
          "name", "version", "deprecated", "dependencies", "optionalDependencies", "devDependencies",
          "bundleDependencies", "bundledDependencies", "peerDependencies", "peerDependenciesMeta", "bin", "directories",
          "dist", "engines", "os", "cpu", "libc", "funding", "_hasShrinkwrap");

  /** What the packument repeats of the latest version. */
  private static final List<String> OF_LATEST =
      List.of(
          "description", "homepage", "keywords", "repository", "author", "bugs", "license", "readme", "readmeFilename");

  private final StateDirectory state;

  NpmShelf(StateDirectory state) {
    this.state = state;
  }

  /** A package's name, or a refusal when it can be none; nothing else ever becomes a path. */
  static String checkedName(String name) {
    String[] parts = name.startsWith("@") ? name.substring(1).split("/", -1) : new String[] {name};
    boolean good = name.length() <= MAX_NAME && parts.length == (name.startsWith("@") ? 2 : 1);
    for (String part : parts) {
      good &= PART.matcher(part).matches();
    }
    if (!good) {
      throw new Rejection(400, "invalid package name");
    }
    return name;
  }

  /** Publishes what was received. */
  synchronized void publish(String name, NpmUpload upload, String user) throws IOException {
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    ObjectNode packument = state.read(document(name)).orElseGet(() -> fresh(name, user, now));
    demandMaintainer(packument, name, user);
    String version = upload.version();
    if (packument.path("time").has(version)) {
      // "time" keeps every version that ever was: a number is used once.
      throw new Rejection(403, "You cannot publish over the previously published versions: " + version + ".");
    }
    ObjectNode tags = (ObjectNode) packument.get("dist-tags");
    for (Map.Entry<String, JsonNode> tag : upload.document().path("dist-tags").properties()) {
      checkTag(tag.getKey());
      if (!tag.getValue().asText().equals(version)) {
        throw new Rejection(400, "dist-tag " + tag.getKey() + " is not of the published version");
      }
      tags.put(tag.getKey(), version);
    }
    if (!tags.has("latest")) {
      tags.put("latest", version);
    }
    ObjectNode manifest = upload.manifest();
    manifest.putObject("_npmUser").put("name", user);
    manifest.set("maintainers", packument.get("maintainers"));
    ((ObjectNode) packument.get("versions")).set(version, manifest);
    ((ObjectNode) packument.get("time")).put(version, now).put("modified", now);
    for (String field : OF_LATEST) {
      JsonNode value = upload.document().has(field) ? upload.document().get(field) : manifest.get(field);
      if (value != null && tags.path("latest").asText().equals(version)) {
        packument.set(field, value);
      }
    }
    revise(packument);
    state.keep(upload.tarball(), tarballPlace(name, version));
    state.write(document(name), packument);
  }

  /** Points a dist-tag at a version. */
  synchronized ObjectNode tag(String name, String tag, String version, String user) throws IOException {
    ObjectNode packument = packument(name);
    demandMaintainer(packument, name, user);
    checkTag(tag);
    if (!packument.path("versions").has(version)) {
      throw new Rejection(404, "version not found: " + name + "@" + version);
    }
    ((ObjectNode) packument.get("dist-tags")).put(tag, version);
    revise(packument);
    state.write(document(name), packument);
    return (ObjectNode) packument.get("dist-tags");
  }

  /** Removes a dist-tag; {@code latest} stays. */
  synchronized ObjectNode removeTag(String name, String tag, String user) throws IOException {
    ObjectNode packument = packument(name);
    demandMaintainer(packument, name, user);
    if (tag.equals("latest")) {
      throw new Rejection(400, "the latest tag cannot be removed");
    }
    if (((ObjectNode) packument.get("dist-tags")).remove(tag) == null) {
      throw new Rejection(404, "dist-tag not found: " + tag);
    }
    revise(packument);
    state.write(document(name), packument);
    return (ObjectNode) packument.get("dist-tags");
  }

  /** The packument as it is stored. */
  ObjectNode packument(String name) throws IOException {
    return state.read(document(name)).orElseThrow(() -> new Rejection(404, "Not found"));
  }

  /** The packument as it is served. */
  ObjectNode packument(String name, boolean brief, String base) throws IOException {
    ObjectNode packument = packument(name);
    ObjectNode versions = state.json().createObjectNode();
    for (Map.Entry<String, JsonNode> version : packument.path("versions").properties()) {
      ObjectNode manifest = addressed((ObjectNode) version.getValue(), name, base);
      versions.set(version.getKey(), brief ? brief(manifest) : manifest);
    }
    if (!brief) {
      packument.set("versions", versions);
      return packument;
    }
    ObjectNode served = state.json().createObjectNode();
    served.put("name", name);
    served.set("modified", packument.path("time").path("modified"));
    served.set("dist-tags", packument.get("dist-tags"));
    served.set("versions", versions);
    return served;
  }

  /** One version's manifest, by version or dist-tag. */
  ObjectNode manifest(String name, String versionOrTag, String base) throws IOException {
    ObjectNode packument = packument(name);
    String version = packument.path("dist-tags").path(versionOrTag).asText(versionOrTag);
    if (!(packument.path("versions").get(version) instanceof ObjectNode manifest)) {
      throw new Rejection(404, "version not found: " + versionOrTag);
    }
    return addressed(manifest, name, base);
  }

  /** The tarball of a version that is in the packument. */
  Reply tarball(String name, String file) throws IOException {
    for (Map.Entry<String, JsonNode> version : packument(name).path("versions").properties()) {
      if (fileName(name, version.getKey()).equals(file)) {
        String tag = version.getValue().path("dist").path("shasum").asText();
        return Reply.file("application/octet-stream", tarballPlace(name, version.getKey()), tag);
      }
    }
    throw new Rejection(404, "Not found");
  }

  private ObjectNode brief(ObjectNode manifest) {
    ObjectNode brief = state.json().createObjectNode();
    for (String field : BRIEF) {
      if (manifest.has(field)) {
        brief.set(field, manifest.get(field));
      }
    }
    JsonNode scripts = manifest.path("scripts");
    if (scripts.has("preinstall") || scripts.has("install") || scripts.has("postinstall")) {
      brief.put("hasInstallScript", true);
    }
    return brief;
  }

  private ObjectNode addressed(ObjectNode manifest, String name, String base) {
    String file = fileName(name, manifest.path("version").asText());
    ((ObjectNode) manifest.get("dist")).put("tarball", base + "/" + name + "/-/" + file);
    return manifest;
  }

  private ObjectNode fresh(String name, String user, String now) {
    ObjectNode packument = state.json().createObjectNode().put("_id", name).put("name", name);
    packument.putObject("dist-tags");
    packument.putObject("versions");
    packument.putObject("time").put("created", now).put("modified", now);
    packument.putArray("maintainers").addObject().put("name", user).put("email", user + "@sandbox.invalid");
    return packument;
  }

  private static void revise(ObjectNode packument) {
    String old = packument.path("_rev").asText("0-0");
    long revision = Long.parseLong(old.substring(0, old.indexOf('-'))) + 1;
    packument.put("_rev", revision + "-" + Integer.toHexString(packument.path("versions").size()));
  }

  private static void demandMaintainer(ObjectNode packument, String name, String user) {
    List<String> maintainers = new ArrayList<>();
    packument.path("maintainers").forEach(maintainer -> maintainers.add(maintainer.path("name").asText()));
    if (!maintainers.contains(user)) {
      throw new Rejection(403, "You do not have permission to publish \"" + name
          + "\". Are you logged in as the correct user?");
    }
  }

  private static void checkTag(String tag) {
    if (!tag.matches("[A-Za-z0-9._-]{1,100}") || SemVer.tryParse(tag).isPresent()) {
      throw new Rejection(400, "invalid dist-tag");
    }
  }

  private static String fileName(String name, String version) {
    return name.substring(name.indexOf('/') + 1) + "-" + version + ".tgz";
  }

  private Path tarballPlace(String name, String version) {
    return folder(name).resolve("tarballs").resolve(version + ".tgz");
  }

  private Path document(String name) {
    return folder(name).resolve("packument.json");
  }

  private Path folder(String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? state.at("packages", name)
        : state.at("packages", name.substring(0, slash), name.substring(slash + 1));
  }
}
