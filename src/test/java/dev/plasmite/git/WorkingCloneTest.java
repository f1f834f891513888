package dev.plasmite.git;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
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
}
