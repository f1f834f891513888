package dev.plasmite.sandbox;

import dev.plasmite.git.OwnSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;

/** The sandbox's work tree: a clone of the scratch origin that has exactly the files of one commit. */
final class WorkTree {

  private final Path place;
  private final Path origin;

  private WorkTree(Path place, Path origin) {
    this.place = place;
    this.origin = origin;
  }

  static WorkTree at(Path place, Path origin) {
    return new WorkTree(place, origin);
  }

  /** Fetches, and checks the commit out: on the branch when one is given, else detached. */
  void checkOut(ObjectId commit, Optional<String> branch) throws IOException, GitAPIException {
    Leftovers.repositoryAt(place, place.resolve(Constants.DOT_GIT), false);
    try (Git git = OwnSettings.only(() -> Git.open(place.toFile()))) {
      configure(git.getRepository().getConfig());
      git.fetch()
          .setRemote("origin")
          .setTagOpt(TagOpt.FETCH_TAGS)
          .setRemoveDeletedRefs(true)
          .setRefSpecs(
              List.of(new RefSpec("+refs/heads/*:refs/remotes/origin/*"), new RefSpec("+refs/notes/*:refs/notes/*")))
          .call();
      if (branch.isPresent()) {
        track(git.getRepository().getConfig(), branch.get());
        point(git, Constants.R_HEADS + branch.get(), commit, false);
        git.getRepository().updateRef(Constants.HEAD).link(Constants.R_HEADS + branch.get());
      } else {
        point(git, Constants.HEAD, commit, true);
      }
      git.reset().setMode(ResetCommand.ResetType.HARD).setRef(commit.name()).call();
      git.clean().setCleanDirectories(true).setForce(true).call();
    }
  }

  private void configure(StoredConfig config) throws IOException {
    config.setString("remote", "origin", "url", origin.toUri().toString());
    config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
    // The maintainer's own settings must not change a byte or run a program here.
    config.setString("core", null, "autocrlf", "false");
    config.setString("core", null, "hooksPath", place.resolve(Constants.DOT_GIT).resolve("no-hooks").toString());
    config.setString("commit", null, "gpgsign", "false");
    config.setString("tag", null, "gpgsign", "false");
    config.save();
  }

  private static void track(StoredConfig config, String branch) throws IOException {
    config.setString("branch", branch, "remote", "origin");
    config.setString("branch", branch, "merge", Constants.R_HEADS + branch);
    config.save();
  }

  private static void point(Git git, String ref, ObjectId commit, boolean detach) throws IOException {
    RefUpdate update = git.getRepository().updateRef(ref, detach);
    update.setNewObjectId(commit);
    RefUpdate.Result result = update.forceUpdate();
    if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE
        || result == RefUpdate.Result.REJECTED) {
      throw new IOException("cannot set " + ref + ": " + result);
    }
  }
}
