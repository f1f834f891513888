package dev.plasmite.git;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/** Forms of git's index that JGit does not read, and takes for damage (gitformat-index(5): split index, sparse directory entries). */
final class UnreadableIndex {

  /** The extension by which an index says that it has entries for whole directories; it has no content. */
  private static final String SPARSE = "sdir\0\0\0\0";

  private UnreadableIndex() {}

  /** Why the index could not be read, when it is of such a form; empty when it is none of them. */
  static Optional<Refusal> of(Repository repository) {
    Path index = repository.getIndexFile().toPath();
    try {
      if (new String(Files.readAllBytes(index), StandardCharsets.ISO_8859_1).contains(SPARSE)) {
        return Optional.of(refusal("sparse", "git sparse-checkout reapply --no-sparse-index"));
      }
      try (DirectoryStream<Path> shared = Files.newDirectoryStream(index.getParent(), "sharedindex.*")) {
        return shared.iterator().hasNext()
            ? Optional.of(refusal("split", "git update-index --no-split-index; and git config --unset core.splitIndex, if it is set"))
            : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty(); // then the first failure is told as it is
    }
  }

  private static Refusal refusal(String form, String remedy) {
    return new Refusal(Finding.of("git's index is kept " + form + " here, which this plugin cannot read").remedy(remedy));
  }
}
