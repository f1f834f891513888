package dev.plasmite.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.client.Login;
import dev.plasmite.gate.CandidatePlan;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.version.SemVer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/** Logins of Maven's settings, with Maven's own decryption. */
class SettingsLoginsTest {

  private static final String MASTER = "the master password";

  @TempDir Path directory;
  private final DefaultPlexusCipher cipher = new DefaultPlexusCipher();
  private SettingsDecrypter decrypter;

  @BeforeEach
  void masterPassword() throws Exception {
    Path security = directory.resolve("settings-security.xml");
    Files.writeString(
        security, "<settingsSecurity><master>" + cipher.encryptAndDecorate(MASTER, DefaultSecDispatcher.SYSTEM_PROPERTY_SEC_LOCATION) + "</master></settingsSecurity>");
    decrypter = new DefaultSettingsDecrypter(new DefaultSecDispatcher(cipher, Map.of(), security.toString()));
  }

  @Test
  void decryptsTheServersThatChannelsNameAndLooksAtNoOther() throws Exception {
    Settings settings = new Settings();
    settings.addServer(server("npm", null, cipher.encryptAndDecorate("-npm secret $(id)", MASTER)));
    settings.addServer(server("tap", "tapper", "in the clear"));
    settings.addServer(server("unrelated", null, "{this cannot be decrypted}"));
    Map<String, Login> logins = SettingsLogins.of(plan("npm", "tap", "missing"), settings, decrypter);
    assertThat(logins).containsOnlyKeys("npm", "tap");
    assertThat(logins.get("npm").secret().reveal()).isEqualTo("-npm secret $(id)");
    assertThat(logins.get("tap")).satisfies(l -> assertThat(l.user()).isEqualTo("tapper")).satisfies(l -> assertThat(l.secret().reveal()).isEqualTo("in the clear"));
    assertThat(logins.toString()).doesNotContain("secret $", "in the clear");
  }

  @Test
  void whatCannotBeDecryptedOrFilledInIsRefusedAndNotSentAsItStands() {
    Settings settings = new Settings();
    settings.addServer(server("npm", null, "{c2VjcmV0IHRoYXQgaXMgbm9uZQ==}"));
    settings.addServer(server("tap", null, "${env.NOT_SET}"));
    assertThatThrownBy(() -> SettingsLogins.of(plan("npm", "tap"), settings, decrypter))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'npm' in Maven's settings cannot be decrypted")
        .hasMessageContaining("'tap' in Maven's settings cannot be filled in")
        .hasMessageNotContaining("c2VjcmV0");
  }

  private static Server server(String id, String user, String password) {
    Server server = new Server();
    server.setId(id);
    server.setUsername(user);
    server.setPassword(password);
    return server;
  }

  private ReleasePlan plan(String... servers) {
    List<ChannelPlan> channels =
        List.of(servers).stream().map(s -> new ChannelPlan("npm", "official", List.of(), Optional.empty(), Map.of("server", s))).toList();
    return new ReleasePlan(
        directory, SemVer.parse("1.0.0"), Mode.LIVE, Optional.empty(), LockstepPlan.discovered(),
        new CandidatePlan(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), null, null, channels, Map.of(),
        new ReleasePlan.Directories(directory, directory, directory));
  }
}
