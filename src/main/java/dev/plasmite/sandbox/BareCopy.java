package dev.plasmite.sandbox;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.git.OwnSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;

/** A bare copy of a repository in the sandbox, which plays its remote. */
final class BareCopy {

  private static final String BRANCHES = "refs/heads/*:refs/heads/*";
  private static final String TAGS = "refs/tags/*:refs/tags/*";
  private static final String NOTES = "refs/notes/*:refs/notes/*";

  private final Path place;
  private final boolean tap;

  private BareCopy(Path place, boolean tap) {
    this.place = place;
    this.tap = tap;
  }

  /** A copy of the product: branches follow the source, tags never move. */
  static BareCopy ofProduct(Path place) {
    return new BareCopy(place, false);
  }

  /** A copy of the tap: what the sandbox pushed to it stays as long as it descends from the source. */
  static BareCopy ofTap(Path place) {
    return new BareCopy(place, true);
  }

  /**
   * Opens a repository to read.
   *
   * @throws Refusal when there is none, or a shallow one
   */
  static Repository read(Path path) {
    try {
      RepositoryBuilder builder = new RepositoryBuilder().setMustExist(true);
      if (Files.exists(path.resolve(Constants.DOT_GIT))) {
        builder.setWorkTree(path.toFile()).setGitDir(null);
      } else {
        builder.setGitDir(path.toFile()).setBare();
      }
      Repository repository = builder.setup().build();
      if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
        repository.close();
        throw new Refusal(
            Finding.of(path + " is a shallow clone, its history is not there").remedy("git fetch --unshallow"));
      }
      return repository;
    } catch (IOException e) {
      throw new Refusal(Finding.of(path + " is no git repository").remedy("give the path of a git repository"));
    }
  }

  /**
   * Copies what the source has.
   *
   * @param head the branch that the copy's HEAD names; empty to take the source's
   */
  void update(Repository source, Optional<String> head) throws IOException, GitAPIException {
    try (Git git = open()) {
      if (source.getRefDatabase().getRefs().stream().noneMatch(ref -> ref.getName().startsWith("refs/heads/"))) {
        throw new Refusal(
            Finding.of(source.getDirectory() + " has no branch").remedy("commit something, and check out a branch"));
      }
      FetchResult result =
          git.fetch()
              .setRemote(source.getDirectory().toURI().toString())
              .setTagOpt(TagOpt.NO_TAGS)
              .setRefSpecs(
                  List.of(new RefSpec((tap ? "" : "+") + BRANCHES), new RefSpec(TAGS), new RefSpec("+" + NOTES)))
              .call();
      settle(git.getRepository(), source, result);
      String branch = head.map(name -> "refs/heads/" + name).orElseGet(() -> headOf(source));
      git.getRepository().updateRef(Constants.HEAD).link(branch);
    }
  }

  private Git open() throws IOException, GitAPIException {
    Leftovers.repositoryAt(place, place, true);
    return OwnSettings.only(() -> Git.open(place.toFile()));
  }

  /** What the fetch did not take: a tag that moved is refused; a branch of the tap stays while it is ahead. */
  private void settle(Repository copy, Repository source, FetchResult result) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
      String name = update.getLocalName();
      switch (update.getResult()) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE, NOT_ATTEMPTED -> { }
        case REJECTED, REJECTED_CURRENT_BRANCH -> {
          if (name.startsWith("refs/tags/")) {
            findings.add(
                Finding.of("the tag " + Repository.shortenRefName(name) + " is at " + peeled(copy, name)
                        + " in the sandbox, and at " + peeled(source, name) + " in " + source.getDirectory())
                    .remedy("remove " + place.getParent() + " to begin a new sandbox"));
          } else if (!isAhead(copy, name, update.getNewObjectId())) {
            force(copy, name, update.getNewObjectId());
          }
        }
        default -> throw new OutsideFailure("cannot update " + name + " in " + place + ": " + update.getResult());
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
  }

  private static boolean isAhead(Repository copy, String name, ObjectId source) throws IOException {
    try (RevWalk walk = new RevWalk(copy)) {
      RevCommit there = walk.parseCommit(copy.exactRef(name).getObjectId());
      return walk.isMergedInto(walk.parseCommit(source), there);
    }
  }

  private static void force(Repository copy, String name, ObjectId to) throws IOException {
    RefUpdate update = copy.updateRef(name);
    update.setNewObjectId(to);
    update.forceUpdate();
  }

  private static String peeled(Repository repository, String name) throws IOException {
    Ref ref = repository.exactRef(name);
    if (ref == null) {
      return "nothing";
    }
    Ref peeled = repository.getRefDatabase().peel(ref);
    ObjectId id = peeled.getPeeledObjectId() != null ? peeled.getPeeledObjectId() : peeled.getObjectId();
    return id.name();
  }

  private static String headOf(Repository source) {
    try {
      Ref head = source.exactRef(Constants.HEAD);
      if (head != null && head.isSymbolic()) {
        return head.getTarget().getName();
      }
      return source.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).get(0).getName();
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + source.getDirectory(), e);
    }
  }
}
