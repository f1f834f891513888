package dev.plasmite.artifact;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The run that built the artifacts. A run is known by all of these together, never by its display name.
 *
 * @param repository {@code owner/name}
 * @param workflow path of the workflow file, such as {@code .github/workflows/release.yml}
 * @param event what triggered it, such as {@code push} or {@code workflow_dispatch}
 * @param runId the run's number, from 1
 * @param attempt from 1, one more with each re-run
 * @param commit what was built, 40 or 64 lower-case hex digits
 * @param ref the full ref it ran on, such as {@code refs/tags/v1.2.0}
 */
public record BuildRun(
    String repository, String workflow, String event, long runId, int attempt, String commit, String ref) {

  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}");
  private static final Pattern WORKFLOW = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\\.ya?ml");
  private static final Pattern EVENT = Pattern.compile("[a-z_]{1,40}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern REF = Pattern.compile("refs/(heads|tags|pull)/[^\\s\\p{Cntrl}]{1,255}");

  /** What is wrong with it as an identity; empty when it is well formed. */
  public List<Finding> problems(Place place) {
    List<Finding> out = new ArrayList<>();
    demand(REPOSITORY, "repository", repository, "owner/name", place, out);
    demand(WORKFLOW, "workflow", workflow, "the path of the workflow file, such as .github/workflows/release.yml", place, out);
    demand(EVENT, "event", event, "the event's name, such as push", place, out);
    demand(COMMIT, "commit", commit, "40 lower-case hex digits", place, out);
    demand(REF, "ref", ref, "a full ref, such as refs/tags/v1.2.0", place, out);
    if (runId < 1) {
      out.add(Finding.of("runId is " + runId).at(place).remedy("give the run's number, from 1"));
    }
    if (attempt < 1) {
      out.add(Finding.of("attempt is " + attempt).at(place).remedy("give the run's attempt, from 1"));
    }
    return out;
  }

  /** The differences to the run that was expected, one finding each. */
  public List<Finding> differences(BuildRun expected, Place place) {
    List<Finding> out = new ArrayList<>();
    compare("repository", repository, expected.repository, place, out);
    compare("workflow", workflow, expected.workflow, place, out);
    compare("event", event, expected.event, place, out);
    compare("run id", Long.toString(runId), Long.toString(expected.runId), place, out);
    compare("attempt", Integer.toString(attempt), Integer.toString(expected.attempt), place, out);
    compare("commit", commit, expected.commit, place, out);
    compare("ref", ref, expected.ref, place, out);
    return out;
  }

  /** In plain words: {@code run 7 attempt 1 of .github/workflows/release.yml in owner/name (push on refs/tags/v1.2.0)}. */
  public String shown() {
    return "run " + runId + " attempt " + attempt + " of " + workflow + " in " + repository + " (" + event + " on " + ref
        + ")";
  }

  private static void demand(Pattern form, String name, String value, String wanted, Place place, List<Finding> out) {
    if (value == null || !form.matcher(value).matches()) {
      out.add(Finding.of(name + " is " + Shown.text(value)).at(place).remedy("give " + wanted));
    }
  }

  private static void compare(String name, String is, String expected, Place place, List<Finding> out) {
    if (!is.equals(expected)) {
      out.add(
          Finding.of(name + " of the build run is " + Shown.text(is) + ", expected " + Shown.text(expected))
              .at(place)
              .remedy("take the artifacts of the run that built this release, or build again"));
    }
  }
}
