package dev.plasmite.publishing.fault;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * cargo, npm and twine without their start-up: what the channels tell them (arguments, environment, working directory) is
 * understood here, and sent as they would. Those named as real are started.
 */
final class LightClients extends Processes {

  private final Product product;
  private final Set<String> real;
  private final Plot plot;
  private final Uploader uploader;

  /**
   * Clients.
   *
   * @param real {@code cargo}, {@code npm}, {@code twine}, {@code uv}: the ones whose uploads are started for real
   * @param plot says when a real client has waited long enough
   * @param limit how long an upload may wait for its answer
   */
  LightClients(Product product, Set<String> real, Plot plot, Duration limit) {
    super(Redactor.NONE);
    this.product = product;
    this.real = real;
    this.plot = plot;
    this.uploader = new Uploader(limit);
  }

  @Override
  public Exit run(Command command) {
    List<String> argv = command.argv();
    String client = argv.contains("twine") ? "twine" : argv.get(0).replaceFirst(".*[/\\\\]", "").replaceFirst("[.]exe$", "");
    boolean upload = argv.contains("publish") && !argv.contains("--dry-run") || argv.contains("upload");
    if (real.contains(client) && (upload || argv.contains("package"))) {
      return upload && plot.timesOut() ? ended(command) : super.run(command);
    }
    try {
      if (argv.contains("--version") && !upload || argv.contains("check")) {
        return said(0, "1.0");
      }
      return switch (client) {
        case "cargo" -> argv.contains("package") ? packaged(command) : crate(command);
        case "npm" -> upload ? npm(command) : said(0, "Publishing to " + registry(command));
        case "twine" -> twine(command);
        default -> throw new AssertionError("an unexpected client: " + command.shown());
      };
    } catch (IOException e) {
      return said(1, String.valueOf(e));
    }
  }

  /** A client that is ended because its time is over, a second after the server has its request. */
  private Exit ended(Command command) {
    CompletableFuture<Exit> exit = new CompletableFuture<>();
    Thread client =
        new Thread(
            () -> {
              try {
                exit.complete(super.run(command));
              } catch (OutsideFailure e) {
                exit.complete(new Exit(-1, "", "no answer in time", true));
              }
            },
            "client");
    client.start();
    plot.arrived().thenRunAsync(client::interrupt, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    return exit.join();
  }

  /** cargo makes the same bytes again. */
  private Exit packaged(Command command) throws IOException {
    Path target = Files.createDirectories(Path.of(command.environment().get("CARGO_TARGET_DIR")).resolve("package"));
    List<String> argv = command.argv();
    for (int i = 0; i < argv.size(); i++) {
      if (argv.get(i).startsWith("--package=")) {
        Artifact crate = product.file(argv.get(i).substring("--package=".length()) + "-" + Product.VERSION + ".crate");
        Files.copy(crate.path(), target.resolve(crate.file()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return said(0, "");
  }

  private Exit crate(Command command) throws IOException {
    String name = packageOf(command);
    Map<String, String> env = command.environment();
    URI api = uploader.crateApi(env.get("CARGO_REGISTRIES_RELEASE_INDEX"));
    Path file = Path.of(env.get("CARGO_TARGET_DIR"), "package", name + "-" + Product.VERSION + ".crate");
    return answer(uploader.crate(api, env.get("CARGO_REGISTRIES_RELEASE_TOKEN"), name, name.equals("lamp") ? "" : "lamp", file));
  }

  private Exit npm(Command command) throws IOException {
    Path file = command.directory().resolve(command.argv().get(command.argv().size() - 1)).normalize();
    return answer(uploader.npm(URI.create(registry(command)), command.environment().get("PLASMITE_NPM_TOKEN"), file));
  }

  private Exit twine(Command command) throws IOException {
    Path file = Path.of(command.argv().get(command.argv().size() - 1));
    URI upload = URI.create(after(command, "--repository-url"));
    return answer(uploader.pypi(upload, command.environment().get("TWINE_PASSWORD"), file.getFileName().toString(), file));
  }

  private static String registry(Command command) {
    return command.argv().stream().filter(a -> a.startsWith("--registry=")).findFirst().orElseThrow().substring("--registry=".length());
  }

  private static String packageOf(Command command) {
    return command.argv().stream().filter(a -> a.startsWith("--package=")).findFirst().orElseThrow().substring("--package=".length());
  }

  private static String after(Command command, String option) {
    return command.argv().get(command.argv().indexOf(option) + 1);
  }

  private static Exit answer(HttpResponse<String> answer) {
    return said(answer.statusCode() / 100 == 2 ? 0 : 1, answer.statusCode() + " " + answer.body());
  }

  private static Exit said(int code, String text) {
    return new Exit(code, code == 0 ? text : "", code == 0 ? "" : text, false);
  }
}
