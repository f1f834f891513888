package dev.plasmite.candidate;

import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.CandidatePlan.ToolPin;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.git.Commit;
import dev.plasmite.git.GitRepository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether the commit has its licences and notices, and pins its tools as configured. */
final class ConfiguredFilesCheck {

  private final GitRepository repository;
  private final Commit commit;
  private final CandidatePlan plan;

  ConfiguredFilesCheck(GitRepository repository, Commit commit, CandidatePlan plan) {
    this.repository = repository;
    this.commit = commit;
    this.plan = plan;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (String path : plan.notices()) {
      Optional<String> text = text(path);
      if (text.isEmpty()) {
        findings.add(missing(path));
      } else if (text.get().isBlank()) {
        findings.add(Finding.of(path + " is empty").at(Place.file(path)).remedy("put the licence or notice in it"));
      }
    }
    for (ToolPin pin : plan.pins()) {
      findings.addAll(pinned(pin));
    }
    return findings;
  }

  private List<Finding> pinned(ToolPin pin) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(pin.pattern(), Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      return List.of(
          Finding.of("the pin's pattern '" + pin.pattern() + "' is no regular expression: " + e.getDescription())
              .remedy("mend <pattern> of the pin in " + pin.path()));
    }
    Optional<String> text = text(pin.path());
    if (text.isEmpty()) {
      return List.of(missing(pin.path()));
    }
    Matcher m = pattern.matcher(text.get());
    if (m.groupCount() != 1) {
      return List.of(
          Finding.of("the pin's pattern '" + pin.pattern() + "' has " + m.groupCount() + " groups, not one")
              .remedy("put the pinned version, and nothing else, in a group"));
    }
    List<Finding> findings = new ArrayList<>();
    boolean any = false;
    while (m.find()) {
      any = true;
      if (!pin.value().equals(m.group(1))) {
        findings.add(
            Finding.of(pin.path() + " pins " + m.group(1) + ", not " + pin.value())
                .at(place(pin.path(), text.get(), Math.max(m.start(1), 0)))
                .remedy("pin " + pin.value() + " there, or change <value> when the pin has moved on purpose"));
      }
    }
    if (!any) {
      findings.add(
          Finding.of(pin.path() + " pins nothing that '" + pin.pattern() + "' finds")
              .at(Place.file(pin.path()))
              .remedy("pin " + pin.value() + " there, or mend the pattern"));
    }
    return findings;
  }

  private Optional<String> text(String path) {
    return repository.fileAt(commit.id(), path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private Finding missing(String path) {
    return Finding.of("commit " + commit.shortId() + " has no " + path)
        .at(Place.file(path))
        .remedy("commit it, or take it out of the configuration");
  }

  private static Place place(String path, String text, int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Place(path, line, offset - start + 1);
  }
}
