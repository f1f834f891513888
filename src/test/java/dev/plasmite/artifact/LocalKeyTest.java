package dev.plasmite.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalKeyTest {

  @TempDir Path temp;

  @Test
  void isMadeOnceAndKept() {
    Path file = temp.resolve("keys/attestation.key");
    LocalKey made = LocalKey.at(file);
    assertThat(LocalKey.at(file).publicKey()).isEqualTo(made.publicKey());
    assertThat(LocalKey.publicKey(LocalKey.publicKeyOf(file))).isEqualTo(made.publicKey());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyItsOwnerMayReadIt() throws IOException {
    Path file = temp.resolve("attestation.key");
    LocalKey.at(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> LocalKey.at(file)).isInstanceOf(Refusal.class).hasMessageContaining("chmod 600");
  }

  @Test
  void aPublicHalfOfAnotherKeyAndDamagedKeysAreRefused() throws IOException {
    Path one = temp.resolve("one.key");
    Path two = temp.resolve("two.key");
    LocalKey.at(one);
    LocalKey.at(two);
    Path publicOne = LocalKey.publicKeyOf(one);
    Files.copy(LocalKey.publicKeyOf(two), publicOne, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> LocalKey.at(one)).isInstanceOf(Refusal.class).hasMessageContaining("no pair");
    Files.writeString(publicOne, "no key");
    assertThatThrownBy(() -> LocalKey.at(one)).isInstanceOf(Refusal.class).hasMessageContaining("no PEM");
    Files.delete(publicOne);
    assertThatThrownBy(() -> LocalKey.at(one)).isInstanceOf(Refusal.class).hasMessageContaining("missing");
  }
}
