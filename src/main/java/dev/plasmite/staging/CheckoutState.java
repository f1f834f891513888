package dev.plasmite.staging;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Whether a checkout is the commit that the papers will name; what git does not track does not count. */
final class CheckoutState {

  private final Path checkout;

  CheckoutState(Path checkout) {
    this.checkout = checkout;
  }

  /** What makes it another thing than the commit. */
  List<Finding> differences(String commit, String when) {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
    File root = checkout.toFile();
    builder.addCeilingDirectory(root.getParentFile()).findGitDir(root);
    if (builder.getGitDir() == null) {
      return List.of(
          Finding.of("the checkout is no git work tree, so nobody can say which commit was built")
              .at(Place.file(checkout.toString()))
              .remedy("stage from a clone of the product"));
    }
    List<Finding> out = new ArrayList<>();
    try (Repository repository = builder.build();
        Git git = new Git(repository)) {
      ObjectId head = repository.resolve(Constants.HEAD);
      if (head == null || !head.name().equals(commit)) {
        out.add(
            Finding.of("the checkout is at " + (head == null ? "no commit" : head.name()) + " " + when
                    + ", the build run is of " + commit)
                .at(Place.file(checkout.toString()))
                .remedy("git checkout --detach " + commit));
      }
      Status status = git.status().call();
      Set<String> changed = new TreeSet<>(status.getUncommittedChanges());
      for (String file : changed) {
        out.add(
            Finding.of("differs from the commit " + when)
                .at(Place.file(file))
                .remedy("commit what belongs to the release; the build must not change what git tracks"));
      }
    } catch (IOException | GitAPIException e) {
      throw new OutsideFailure("cannot read the git work tree " + checkout, e);
    }
    return out;
  }
}
