package dev.plasmite.gate;

import java.util.List;
import java.util.stream.Collectors;

/** What the maintainer can mend: findings that stop a goal before or while it works. Never shown with a stack trace. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  public Refusal(Finding... findings) {
    this(List.of(findings));
  }

  public Refusal(List<Finding> findings) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /** All that was found, not the first only. */
  public List<Finding> findings() {
    return findings;
  }
}
