package dev.plasmite.git;

import dev.plasmite.gate.OutsideFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * The notes that a remote has under {@link Notes#REF}, read without a trace: they are fetched into a repository of
 * their own, which is gone afterwards. For who only looks; who means to use them takes them in with {@link Notes}.
 */
public final class NotesElsewhere {

  private final GitRepository git;
  private final Optional<Credentials> credentials;
  private final Duration limit;

  /**
   * A reader.
   *
   * @param limit for each connection
   */
  public NotesElsewhere(GitRepository git, Optional<Credentials> credentials, Duration limit) {
    this.git = git;
    this.credentials = credentials;
    this.limit = limit;
  }

  /**
   * The lines of a commit's note on a remote, the oldest first; empty when it has none.
   *
   * @throws OutsideFailure when the remote does not answer
   */
  public List<String> read(Remote remote, String commit) {
    try {
      Path scratch = Files.createTempDirectory("plasmite-notes");
      try (Repository empty = new FileRepositoryBuilder().setGitDir(scratch.toFile()).setBare().build()) {
        empty.create(true);
        StoredConfig config = empty.getConfig();
        config.setString("remote", remote.name(), "url", absolute(remote.fetchUrl()));
        // JGit tidies up in the background after a fetch, where this directory would be gone already.
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        new Connections(empty, credentials)
            .talk(
                remote,
                Transport.Operation.FETCH,
                limit,
                "fetch the notes of",
                transport -> {
                  transport.setTagOpt(TagOpt.NO_TAGS);
                  return transport.fetch(
                      NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + Notes.REF + ":" + Notes.REF)));
                });
        return lines(empty, commit);
      } finally {
        remove(scratch);
      }
    } catch (IOException e) {
      throw new OutsideFailure("cannot read the notes of " + remote, e);
    }
  }

  private static List<String> lines(Repository repository, String commit) throws IOException {
    Ref ref = repository.exactRef(Notes.REF);
    if (ref == null) {
      return List.of();
    }
    try (RevWalk walk = new RevWalk(repository)) {
      NoteMap map = NoteMap.read(walk.getObjectReader(), walk.parseCommit(ref.getObjectId()));
      ObjectId blob = map.get(ObjectId.fromString(commit));
      if (blob == null) {
        return List.of();
      }
      String text = new String(walk.getObjectReader().open(blob).getBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /** A path as git reads it in the repository, for the scratch repository lies elsewhere. */
  private String absolute(String url) throws IOException {
    try {
      URIish uri = new URIish(url);
      boolean relative = uri.getHost() == null && uri.getScheme() == null && !new File(url).isAbsolute();
      return relative ? git.root().resolve(url).normalize().toString() : url;
    } catch (java.net.URISyntaxException e) {
      throw new IOException("the remote's URL cannot be read", e);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        each.toFile().setWritable(true); // git's objects are read-only, which Windows minds
        Files.delete(each);
      }
    }
  }
}
