package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.net.URISyntaxException;
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
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.URIish;

/** The remotes, which branch of one a local branch follows, and how far they are apart. */
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

  /** A remote as git is configured; empty when it has no URL. */
  Optional<Remote> remote(String name) {
    RemoteConfig remote;
    try {
      remote = new RemoteConfig(repository.getConfig(), name);
    } catch (URISyntaxException e) {
      throw new Refusal(
          Finding.of("remote " + name + " has a URL that cannot be read")
              .remedy("set it anew: git remote set-url " + name + " URL"));
    }
    if (remote.getURIs().isEmpty()) {
      return Optional.empty();
    }
    URIish fetch = remote.getURIs().get(0);
    URIish push = remote.getPushURIs().isEmpty() ? fetch : remote.getPushURIs().get(0);
    return Optional.of(new Remote(name, fetch.toPrivateString(), push.toPrivateString()));
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
