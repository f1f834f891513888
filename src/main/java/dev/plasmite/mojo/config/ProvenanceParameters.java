package dev.plasmite.mojo.config;

/** {@code <provenance>}: what the artifacts' papers are held against. */
public final class ProvenanceParameters {

  /** Path of the workflow that builds the artifacts, such as .github/workflows/build.yml. */
  String workflow;

  /** The event that starts it: push (of the release tag) by default, or workflow_dispatch. */
  String event;

  /** The name of the workflow artifact that holds the set; by default all of the run's together do. */
  String artifact;

  /** Sigstore's trusted root: a file, relative to the POM. */
  String trustedRoot;
}
