package dev.plasmite.train;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.client.Login;
import dev.plasmite.client.Secret;
import dev.plasmite.client.Surroundings;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Mode;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.StageResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process of its own that runs stages of the train, so that its environment is the one that the test gives it; it says
 * all that Maven would with {@code -X}: every line, every finding, every stack trace.
 */
final class TrainMain {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainMain() {}

  /**
   * @param args the world's directory; the Python that has twine; the mode; then the stages to run
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    List<ChannelPlan> channels = new ArrayList<>();
    for (Map<String, String> c : JSON.readValue(directory.resolve("channels.json").toFile(), new TypeReference<List<Map<String, String>>>() {})) {
      Map<String, String> settings = new HashMap<>(c);
      channels.add(
          new ChannelPlan(settings.remove("-name"), settings.remove("-tier"), List.of(), Optional.ofNullable(settings.remove("-smoke")), settings));
    }
    Map<String, Login> servers = new HashMap<>();
    Path secrets = directory.resolve("settings.json");
    if (Files.exists(secrets)) {
      JSON.readValue(secrets.toFile(), new TypeReference<Map<String, List<String>>>() {})
          .forEach((id, login) -> servers.put(id, new Login(login.get(0), new Secret(login.get(1)))));
    }
    Surroundings process = Surroundings.ofThisProcess();
    ReleasePlan plan = OutsideWorld.plan(directory, Mode.parse(args[2]), channels, Path.of(args[1]));
    for (int i = 3; i < args.length; i++) {
      try {
        Train train =
            new Train(
                plan, new Invocation("mvn", "test", "test", List.of(), false), System.out::println,
                new Surroundings(process.environment(), process.home(), servers));
        StageResult result = train.run(StageName.valueOf(args[i]));
        System.out.println(args[i] + " " + result.verdict() + " " + result.proof() + " " + result.channels());
        result.findings().forEach(System.out::println);
      } catch (RuntimeException e) {
        System.out.println(args[i] + " THREW " + e);
        e.printStackTrace(System.out);
      }
    }
  }

  /** Writes down for the process what it cannot find out. */
  static void describe(Path directory, List<ChannelPlan> channels, Map<String, Login> servers) throws java.io.IOException {
    List<Map<String, String>> all = new ArrayList<>();
    for (ChannelPlan channel : channels) {
      Map<String, String> one = new HashMap<>(channel.settings());
      one.put("-name", channel.name());
      one.put("-tier", channel.tier());
      channel.smoke().ifPresent(smoke -> one.put("-smoke", smoke));
      all.add(one);
    }
    JSON.writeValue(directory.resolve("channels.json").toFile(), all);
    Map<String, List<String>> secrets = new HashMap<>();
    servers.forEach((id, login) -> secrets.put(id, List.of(login.user(), login.secret().reveal())));
    JSON.writeValue(directory.resolve("settings.json").toFile(), secrets);
  }
}
