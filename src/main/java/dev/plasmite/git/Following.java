package dev.plasmite.git;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.BranchConfig;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Which branch of a remote a local branch follows, and how far they are apart. */
final class Following {

  private final Repository repository;

  Following(Repository repository) {
    this.repository = repository;
  }

  /** The branches of a remote as of the last fetch; what is no branch of its own, such as its HEAD, is left out. */
  Map<String, String> fetched(String remote) throws IOException {
    String prefix = Constants.R_REMOTES + remote + "/";
    Map<String, String> branches = new TreeMap<>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
      if (!ref.isSymbolic() && ref.getObjectId() != null) {
        branches.put(ref.getName().substring(prefix.length()), ref.getObjectId().name());
      }
    }
    return branches;
  }

  Optional<Upstream> upstream(String branch, Optional<String> here) throws IOException {
    BranchConfig config = new BranchConfig(repository.getConfig(), branch);
    String merge = config.getMerge();
    if (config.getRemote() == null || merge == null || config.isRemoteLocal()) {
      return Optional.empty();
    }
    String tracking = config.getTrackingBranch();
    Ref there = tracking == null ? null : repository.exactRef(tracking);
    String name = Repository.shortenRefName(merge);
    if (there == null || here.isEmpty()) {
      Optional<String> commit = Optional.ofNullable(there).map(r -> r.getObjectId().name());
      return Optional.of(new Upstream(config.getRemote(), name, commit, 0, 0));
    }
    String id = there.getObjectId().name();
    if (id.equals(here.get())) {
      return Optional.of(new Upstream(config.getRemote(), name, Optional.of(id), 0, 0));
    }
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit local = walk.parseCommit(ObjectId.fromString(here.get()));
      RevCommit remote = walk.parseCommit(there.getObjectId());
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(local);
      walk.markStart(remote);
      RevCommit base = walk.next();
      walk.reset();
      walk.setRevFilter(RevFilter.ALL);
      return Optional.of(
          new Upstream(
              config.getRemote(),
              name,
              Optional.of(id),
              RevWalkUtils.count(walk, local, base),
              RevWalkUtils.count(walk, remote, base)));
    }
  }
}
