package dev.plasmite.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WorkingCloneTest {

  @TempDir Path directory;

  @Test
  @Timeout(1800)
  void aTapThatTakesTheCallAndNeverAnswersDoesNotHoldTheTrainForEver() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      URI tap = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/tap.git");
      assertThatThrownBy(() -> WorkingClone.of(tap, directory.resolve("clone"), new EffectGate(Mode.SANDBOX), Optional.empty(), 1))
          .isInstanceOf(OutsideFailure.class)
          .hasMessageContaining("cannot clone " + tap);
    }
  }

  @Test
  void aCloneThatIsBroughtUpToDateHasWhatTheOtherSideHasNowAndNothingElse() throws Exception {
    Path bare = directory.resolve("tap.git");
    Path place = directory.resolve("clone");
    EffectGate effects = new EffectGate(Mode.SANDBOX);
    try (Git origin = Git.init().setBare(true).setDirectory(bare.toFile()).setInitialBranch("main").call();
        Git somebody = Git.init().setDirectory(directory.resolve("somebody").toFile()).setInitialBranch("main").call()) {
      pushed(somebody, bare, "one");
      WorkingClone.of(bare.toUri(), place, effects, Optional.empty()).close();
      pushed(somebody, bare, "two");
      try (WorkingClone clone = WorkingClone.reopened(bare.toUri(), place, effects, Optional.empty())) {
        assertThat(clone.read("file")).contains("one");
        assertThatThrownBy(() -> clone.push("file", "ours", "upon an old tip")).isInstanceOf(OutsideFailure.class).hasMessageContaining("REJECTED_NONFASTFORWARD");
        assertThat(clone.refresh()).isTrue();
        assertThat(clone.read("file")).as("what did not get there is gone").contains("two");
        clone.push("file", "ours", "upon the tip");
        assertThat(clone.refresh()).isTrue();
        assertThat(clone.read("file")).contains("ours");
        origin.branchCreate().setName("other").setStartPoint("main~1").call();
        origin.getRepository().updateRef("HEAD").link("refs/heads/other");
        assertThat(clone.refresh()).as("users get another branch now").isFalse();
        origin.getRepository().updateRef("HEAD").link("refs/heads/main");
        org.eclipse.jgit.util.FileUtils.rename(bare.toFile(), directory.resolve("away.git").toFile());
        assertThatThrownBy(clone::refresh).isInstanceOf(OutsideFailure.class).hasMessageContaining("cannot fetch from " + bare.toUri());
      }
    }
  }

  private static void pushed(Git git, Path bare, String text) throws Exception {
    Files.writeString(git.getRepository().getWorkTree().toPath().resolve("file"), text);
    git.add().addFilepattern("file").call();
    PersonIdent who = new PersonIdent("M", "m@example.org");
    git.commit().setMessage(text).setAuthor(who).setCommitter(who).setSign(false).call();
    git.push().setRemote(bare.toString()).add("main").call();
  }
}
