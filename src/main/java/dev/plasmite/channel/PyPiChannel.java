package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StagingPlan.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PyPI, or an index that speaks its protocols (PEP 503 and 691, the legacy upload API). {@link PyPiUploader} says who
 * uploads.
 */
public final class PyPiChannel extends RegistryChannel {

  private final WheelTags tags;

  public PyPiChannel(Workbench bench, ChannelPlan plan, Endpoint endpoint) {
    super("PyPI", bench, plan, endpoint);
    this.tags = new WheelTags(bench);
  }

  @Override
  List<Finding> client() {
    PyPiUploader uploader = PyPiUploader.of(plan, bench);
    List<Finding> findings = uploader.check(bench);
    return uploader == PyPiUploader.TWINE && findings.isEmpty() && !files().isEmpty() ? PyPiUploader.metadata(bench, files()) : findings;
  }

  @Override
  List<Finding> right() {
    return projects().values().stream()
        .flatMap(files -> questions().right(project(files.get(0)), projectOf(files.get(0))).stream())
        .distinct()
        .toList();
  }

  @Override
  List<Finding> state() {
    return projects().values().stream().flatMap(files -> questions().state(project(files.get(0)), files).stream()).toList();
  }

  /** The files by their projects: usually it is one. */
  private Map<String, List<Artifact>> projects() {
    return files().stream().collect(Collectors.groupingBy(this::projectOf, LinkedHashMap::new, Collectors.toList()));
  }

  private PyPiPreflight questions() {
    return new PyPiPreflight(plan, endpoint, http);
  }

  @Override
  URI download(Artifact file) {
    return entry(file).orElseThrow(() -> new NotThere(name() + " does not have " + file.file())).url();
  }

  @Override
  public Installation install(Path directory) {
    return run(installer().pip(directory.resolve("pip")), directory.resolve("pip"));
  }

  @Override
  public List<Installation> installations(Path directory) {
    List<Installation> installations = new ArrayList<>();
    if (!usable().isEmpty()) {
      installations.add(install(directory));
      if (bench.has("uv")) {
        installations.add(run(installer().uv(directory.resolve("uv")), directory.resolve("uv")));
      }
    }
    return installations;
  }

  @Override
  public Map<String, String> notRunHere() {
    Map<String, String> leftOut = new LinkedHashMap<>();
    bench.artifacts(Kind.WHEEL).stream()
        .forEach(wheel -> tags.refusal(wheel.file()).ifPresent(why -> leftOut.put(wheel.file(), why)));
    bench.artifacts(Kind.SDIST).forEach(sdist -> leftOut.put(sdist.file(), "to install an sdist is to run its build"));
    if (!bench.has("uv")) {
      leftOut.put("uv", "there is no uv on this machine");
    }
    return leftOut;
  }

  private PyPiInstall installer() {
    return new PyPiInstall(bench, http, endpoint.index(), usable());
  }

  /** The projects of which there is a wheel that the Python here takes. */
  private Map<String, List<Artifact>> usable() {
    Map<String, List<Artifact>> usable = projects();
    usable.values().removeIf(files -> files.stream().noneMatch(file -> file.kind() == Kind.WHEEL && tags.refusal(file.file()).isEmpty()));
    return usable;
  }

  private Installation run(PyPiInstall.Installed installed, Path directory) {
    return new Installation(
        installed.with(), installed.how(), installed.client(), installed.received(),
        smoke(installed.client(), installed.received(), installed.programs(), directory));
  }

  @Override
  Holding holding(Artifact file) {
    return entry(file)
        .map(
            entry -> {
              // An index need not state a digest, or may state another kind: then the file itself says what it is.
              String sha256 = entry.sha256().isEmpty() ? http.download(entry.url(), bench.freshHome("pypi-file").resolve("file")).sha256() : entry.sha256();
              return sha256.equals(file.sha256()) ? Holding.same(sha256) : Holding.other("sha256 " + sha256);
            })
        .orElseGet(Holding::absent);
  }

  private Optional<SimplePage.File> entry(Artifact file) {
    return SimplePage.of(http, project(file)).flatMap(page -> page.file(file.file()));
  }

  @Override
  String publish(Artifact file) {
    return PyPiUploader.of(plan, bench).send(bench, endpoint, file);
  }

  private URI project(Artifact file) {
    return URI.create(endpoint.index() + projectOf(file) + "/");
  }

  /** The project, normalized as the simple index wants it (PEP 503). */
  private String projectOf(Artifact file) {
    return normalized(bench.names().of(file));
  }

  /** A project's name as the simple index wants it (PEP 503). */
  static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /** Wheels first: an installation that is under way then finds a wheel as soon as it finds anything. */
  @Override
  List<Artifact> files() {
    return Stream.concat(bench.artifacts(Kind.WHEEL).stream(), bench.artifacts(Kind.SDIST).stream()).toList();
  }
}
