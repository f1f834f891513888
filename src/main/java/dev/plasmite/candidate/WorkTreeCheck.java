package dev.plasmite.candidate;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import dev.plasmite.git.WorkTreeStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether the work tree is exactly the commit; what is not committed would be built and not be in the release. */
final class WorkTreeCheck {

  /** How many files of a kind are named before they are only counted. */
  static final int NAMED = 20;

  /** Where a remedy names the file. */
  private static final String FILE = "{file}";

  private final WorkTreeStatus status;

  WorkTreeCheck(WorkTreeStatus status) {
    this.status = status;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    status
        .operation()
        .ifPresent(
            operation ->
                findings.add(
                    Finding.of("a " + operation + " is in progress")
                        .remedy(
                            operation.equals("bisect")
                                ? "end it: git bisect reset"
                                : "finish it, or give it up: git " + operation + " --abort")));
    SortedSet<String> notCommitted = new TreeSet<>(status.notCommitted());
    notCommitted.removeAll(status.conflicting());
    notCommitted.removeAll(status.hidden());
    each(findings, status.conflicting(), "in conflict", "resolve it and commit it");
    each(findings, notCommitted, "not committed", "commit it, or take it back: git restore --staged --worktree " + FILE);
    each(
        findings,
        status.hidden(),
        "not committed, and git is told not to look at it (assume-unchanged or skip-worktree)",
        "git update-index --no-assume-unchanged --no-skip-worktree " + FILE + ", then commit it or take it back");
    each(
        findings,
        status.untracked(),
        "neither tracked nor ignored",
        "commit it, ignore it (.gitignore), or move it away");
    return findings;
  }

  private static String quoted(String file) {
    return file.matches("[A-Za-z0-9_./+@-]+") ? file : "\"" + file + "\"";
  }

  private static void each(List<Finding> findings, Collection<String> files, String state, String remedy) {
    files.stream()
        .limit(NAMED)
        .map(file -> Finding.of(file + " is " + state).at(Place.file(file)).remedy(remedy.replace(FILE, quoted(file))))
        .forEach(findings::add);
    if (files.size() > NAMED) {
      findings.add(
          Finding.of((files.size() - NAMED) + " more files are " + state).remedy("see them all: git status"));
    }
  }
}
