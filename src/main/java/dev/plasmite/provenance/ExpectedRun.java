package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Shown;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known, from elsewhere than the artifacts' papers, of the build run that must have built them. The commit is
 * not among it: it is the tag's. What is empty is held against nothing, and that is said.
 *
 * @param repository {@code owner/name}
 * @param workflow path of the workflow file
 * @param event what triggered the run
 * @param runId the run's number
 * @param attempt the run's attempt
 * @param ref the full ref it ran on
 */
public record ExpectedRun(
    Optional<String> repository,
    Optional<String> workflow,
    Optional<String> event,
    Optional<Long> runId,
    Optional<Integer> attempt,
    Optional<String> ref) {

  /** All of a run that is known. */
  public static ExpectedRun of(BuildRun run) {
    return new ExpectedRun(
        Optional.of(run.repository()),
        Optional.of(run.workflow()),
        Optional.of(run.event()),
        Optional.of(run.runId()),
        Optional.of(run.attempt()),
        Optional.of(run.ref()));
  }

  /** A directory of artifacts alone, with nothing but the tag and perhaps the repository to hold it against. */
  public static ExpectedRun unknown(Optional<String> repository) {
    return new ExpectedRun(
        repository, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The differences between a run and what is expected of it, one finding each. */
  List<Finding> differences(BuildRun run, Place place) {
    List<Finding> out = new ArrayList<>();
    compare("repository", run.repository(), repository, place, out);
    compare("workflow", run.workflow(), workflow, place, out);
    compare("event", run.event(), event, place, out);
    compare("run id", run.runId(), runId, place, out);
    compare("attempt", run.attempt(), attempt, place, out);
    compare("ref", run.ref(), ref, place, out);
    return out;
  }

  /** The parts that nothing is known of, in words; empty when all is known. */
  String open() {
    return Stream.of(
            repository.isEmpty() ? "repository" : "",
            workflow.isEmpty() ? "workflow" : "",
            event.isEmpty() ? "event" : "",
            runId.isEmpty() ? "run id" : "",
            attempt.isEmpty() ? "attempt" : "",
            ref.isEmpty() ? "ref" : "")
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static <T> void compare(String name, T is, Optional<T> expected, Place place, List<Finding> out) {
    if (expected.isPresent() && !expected.get().equals(is)) {
      out.add(
          Finding.of(name + " of the build run is " + Shown.text(is.toString()) + ", expected "
                  + Shown.text(expected.get().toString()))
              .at(place)
              .remedy("take the artifacts of the run that built this release, or build again"));
    }
  }
}
