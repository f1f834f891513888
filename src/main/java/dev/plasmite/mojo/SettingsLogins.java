package dev.plasmite.mojo;

import dev.plasmite.client.Login;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.ReleasePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** The logins that channels name by {@code <server>}, out of Maven's settings, decrypted; no other server is looked at. */
final class SettingsLogins {

  private SettingsLogins() {}

  /**
   * Reads them.
   *
   * @throws Refusal when one cannot be decrypted
   */
  static Map<String, Login> of(ReleasePlan plan, Settings settings, SettingsDecrypter decrypter) {
    Map<String, Login> logins = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (ChannelPlan channel : plan.channels()) {
      Server server = settings.getServer(channel.settings().get("server"));
      if (server == null || server.getPassword() == null) {
        continue; // the channel says so when it needs it
      }
      SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
      String password = result.getServer().getPassword();
      List<SettingsProblem> problems = result.getProblems();
      // What still looks like a variable or a cipher text would be sent as the password itself.
      if (!problems.isEmpty() || password == null || password.matches("\\$\\{.*}|\\{.*}")) {
        findings.add(
            Finding.of("the password of server '" + server.getId() + "' in Maven's settings cannot be " + (String.valueOf(password).startsWith("$") ? "filled in: its variable is not set" : "decrypted"))
                .remedy("mend it in settings.xml, or settings-security.xml"));
      } else {
        String user = result.getServer().getUsername();
        logins.put(server.getId(), new Login(user == null ? "" : user, new Secret(password)));
      }
    }
    if (!findings.isEmpty()) {
      throw new Refusal(findings);
    }
    return logins;
  }
}
