package dev.plasmite.channel;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What PyPI can be asked before an upload, which is little: it answers nobody about tokens. */
final class PyPiPreflight {

  /** The user's name that PyPI takes a token under. */
  private static final String TOKEN_USER = "__token__";

  private final ChannelPlan plan;
  private final Endpoint endpoint;
  private final HttpReading http;

  PyPiPreflight(ChannelPlan plan, Endpoint endpoint, HttpReading http) {
    this.plan = plan;
    this.endpoint = endpoint;
    this.http = http;
  }

  /**
   * What stands against this credential's uploading.
   *
   * @param project the project's page in the simple index
   * @param name its normalized name
   */
  List<Finding> right(URI project, String name) {
    List<Finding> findings = new ArrayList<>(credential());
    if (findings.isEmpty()) {
      PyPiToken.of(endpoint.credential()).ifPresent(token -> findings.addAll(token.findings(name, Instant.now())));
    }
    findings.add(
        page(project).isPresent()
            ? Unproven.of(
                plan,
                "that the token is known to PyPI and may upload to " + name + ": PyPI answers that to an upload only",
                "look at the token's scope in your account there; a token that has never uploaded is best tried on a test index")
            : Unproven.of(
                plan,
                "that the token is known to PyPI and may make the new project " + name + ", and that the name is not blocked: PyPI answers that to an upload only",
                "a token that is limited to other projects cannot make a new one: give one for the whole account the first time"));
    return findings;
  }

  /** What stands against these files in the index, whoever uploads them. */
  List<Finding> state(URI project, List<Artifact> files) {
    List<Finding> findings = new ArrayList<>();
    page(project).ifPresent(page -> strangers(page, files, findings));
    return findings;
  }

  private Optional<SimplePage> page(URI project) {
    return SimplePage.of(http, project);
  }

  private List<Finding> credential() {
    boolean token = endpoint.user().isEmpty() || endpoint.user().equals(TOKEN_USER);
    return token ? Credential.token("PyPI", endpoint.credential()) : Credential.password("PyPI", endpoint.credential());
  }

  /** Files of this very version that are not of this release: two builds must not mix under one version. */
  private static void strangers(SimplePage page, List<Artifact> files, List<Finding> findings) {
    Set<String> ours = files.stream().map(Artifact::file).collect(Collectors.toSet());
    Set<String> stems = files.stream().map(file -> stem(file.file())).collect(Collectors.toSet());
    for (SimplePage.File entry : page.files()) {
      String file = entry.name();
      if (stems.contains(stem(file)) && !ours.contains(file)) {
        findings.add(
            Finding.of("PyPI holds " + file + " of this version, which this release does not have")
                .remedy("somebody has published another build under this version: raise the version and release that one"));
      } else if (ours.contains(file) && entry.yanked()) {
        findings.add(
            Finding.of(file + " is yanked on PyPI, so installers pass it over").remedy("take the yank back there, or raise the version"));
      }
    }
  }

  /** Name and version of a distribution's file name (PEP 427 and 625), spelled alike for wheels and sdists. */
  private static String stem(String file) {
    String sdist = file.replaceFirst("\\.(tar\\.gz|zip)$", "");
    String[] parts = file.split("-");
    String stem = sdist.equals(file) && parts.length > 1 ? parts[0] + "-" + parts[1] : sdist;
    return stem.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }
}
