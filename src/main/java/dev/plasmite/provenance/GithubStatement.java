package dev.plasmite.provenance;

import dev.plasmite.artifact.BuildRun;
import dev.plasmite.artifact.Shown;
import dev.plasmite.artifact.Statement;
import dev.plasmite.artifact.StrictFields;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statement of a GitHub artifact attestation: in-toto Statement v1 with SLSA provenance v1. Only the fields that
 * count are read; GitHub adds others.
 *
 * @param subjects sha256 of each subject
 * @param repository the source repository's URI
 * @param workflow path of the workflow file
 * @param ref the ref it ran on
 * @param commit what was built
 * @param invocation URI of run and attempt
 */
record GithubStatement(
    Set<String> subjects, String repository, String workflow, String ref, String commit, String invocation) {

  /** Reads a statement; what is wrong or missing goes to the findings. */
  static GithubStatement parse(byte[] payload, Place place, List<Finding> findings) {
    StrictFields root = StrictFields.parse(payload, place, findings);
    demand(root, "_type", Statement.TYPE);
    demand(root, "predicateType", Statement.SLSA);
    Set<String> subjects = new TreeSet<>();
    for (StrictFields subject : root.objects("subject")) {
      subject.text("name");
      subject.object("digest").map(digest -> digest.text("sha256")).ifPresent(subjects::add);
    }
    Optional<StrictFields> predicate = root.object("predicate");
    Optional<StrictFields> definition = predicate.flatMap(p -> p.object("buildDefinition"));
    Optional<StrictFields> workflow =
        definition.flatMap(d -> d.object("externalParameters")).flatMap(e -> e.object("workflow"));
    Optional<StrictFields> source = definition.flatMap(d -> d.objects("resolvedDependencies").stream().findFirst());
    Optional<StrictFields> details = predicate.flatMap(p -> p.object("runDetails"));
    Optional<StrictFields> metadata = details.flatMap(r -> r.object("metadata"));
    // SLSA demands both; whose words they are the certificate tells.
    definition.ifPresent(d -> said(d, "buildType"));
    details.flatMap(d -> d.object("builder")).ifPresent(b -> said(b, "id"));
    return new GithubStatement(
        subjects,
        workflow.map(w -> w.text("repository")).orElse(""),
        workflow.map(w -> w.text("path")).orElse(""),
        workflow.map(w -> w.text("ref")).orElse(""),
        source.flatMap(s -> s.object("digest")).map(d -> d.text("gitCommit")).orElse(""),
        metadata.map(m -> m.text("invocationId")).orElse(""));
  }

  /** The differences to the expected run: the statement may not contradict the certificate. */
  List<Finding> differences(BuildRun expected, Place place) {
    String uri = FulcioIdentity.GITHUB + expected.repository();
    List<Finding> out = new ArrayList<>();
    compare("repository", repository, uri, place, out);
    compare("workflow", workflow, expected.workflow(), place, out);
    compare("ref", ref, expected.ref(), place, out);
    compare("commit", commit, expected.commit(), place, out);
    compare("run", invocation, uri + "/actions/runs/" + expected.runId() + "/attempts/" + expected.attempt(), place, out);
    return out;
  }

  private static void compare(String what, String is, String wanted, Place place, List<Finding> out) {
    if (!is.equals(wanted)) {
      out.add(
          Finding.of("its statement says " + what + " " + Shown.text(is) + ", expected " + Shown.text(wanted))
              .at(place)
              .remedy("take the attestation of the build run of this tag"));
    }
  }

  private static void said(StrictFields object, String name) {
    if (object.text(name).isEmpty()) {
      object.add("'" + object.path() + name + "' says nothing");
    }
  }

  private static void demand(StrictFields object, String name, String wanted) {
    String is = object.text(name);
    if (!is.equals(wanted)) {
      object.add("'" + name + "' is " + Shown.text(is) + ", not " + wanted);
    }
  }
}
