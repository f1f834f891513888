package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.registry.PyPiRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real twine, pip and uv, against the loopback index. */
class PyPiChannelTest {

  @TempDir Path directory;
  private PyPiRegistry registry;

  @BeforeEach
  void open() {
    registry = PyPiRegistry.open(directory.resolve("registry"), Accounts.of("token-of-the-test"));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void twineUploadsAndPipAndUvInstallBack() throws IOException {
    PyPiChannel channel = channel(Map.of("client", "twine"), wheel("py3-none-any"));
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks).singleElement().satisfies(f -> assertThat(f.what()).startsWith("unproven: ").contains("new project lamp"));
    assertThat(registry.requests()).allMatch(request -> request.method().equals("GET"));
    Act act = channel.acts(Leg.REGISTRY).get(0);
    String said = act.send();
    assertThat(act.holding()).as(said).isEqualTo(Holding.same(act.sha256()));
    List<Installation> installations = channel.installations(Files.createDirectory(directory.resolve("installed")));
    assertThat(installations).hasSize(2).allSatisfy(i -> {
      assertThat(i.client().ok()).as(i.how() + i.client().tail(20)).isTrue();
      assertThat(i.smoke().map(Exit::out).map(String::strip)).contains("lamp 1.2.0");
    });
    assertThat(installations.get(0).received()).singleElement().satisfies(d -> assertThat(d.sha256()).isEqualTo(d.staged()));
  }

  @Test
  void uvUploadsWhereItIsChosen() throws IOException {
    PyPiChannel channel = channel(Map.of("client", "uv"), wheel("py3-none-any"));
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks);
    Act act = channel.acts(Leg.REGISTRY).get(0);
    String said = act.send();
    assertThat(act.holding()).as(said).isEqualTo(Holding.same(act.sha256()));
    assertThat(registry.requests()).anyMatch(request -> request.method().equals("POST") && request.agent().startsWith("uv/"));
  }

  @Test
  void filesOfAnotherBuildUnderThisVersionAreFound() throws IOException {
    channel(Map.of("client", "uv"), wheel("py2-none-any")).acts(Leg.REGISTRY).get(0).send();
    assertThat(channel(Map.of("client", "uv", "unproven", "refuse"), wheel("py3-none-any")).preflight().findings())
        .allMatch(Finding::blocks)
        .extracting(Finding::what)
        .satisfiesExactly(
            unproven -> assertThat(unproven).startsWith("unproven: "),
            stranger -> assertThat(stranger).contains("PyPI holds lamp-1.2.0-py2-none-any.whl"));
  }

  @Test
  void everyProjectOfTheReleaseIsAskedForAndInstalledBack() throws IOException {
    channel(Map.of("client", "uv"), wheel("lamp_tools", "py2-none-any")).acts(Leg.REGISTRY).get(0).send();
    PyPiChannel channel = channel(Map.of("client", "uv"), wheel("py3-none-any"), wheel("lamp_tools", "py3-none-any"));
    assertThat(channel.preflight().findings())
        .extracting(Finding::what)
        .satisfiesExactlyInAnyOrder(
            free -> assertThat(free).startsWith("unproven: ").contains("new project lamp,"),
            ours -> assertThat(ours).startsWith("unproven: ").contains("may upload to lamp-tools:"),
            stranger -> assertThat(stranger).contains("PyPI holds lamp_tools-1.2.0-py2-none-any.whl of this version"));
    assertThat(channel.acts(Leg.REGISTRY)).hasSize(2).allSatisfy(act -> {
      String said = act.send();
      assertThat(act.holding()).as(said).isEqualTo(Holding.same(act.sha256()));
    });
    List<Installation> installations = channel.installations(Files.createDirectory(directory.resolve("installed")));
    assertThat(installations).hasSize(2).allSatisfy(i -> {
      assertThat(i.client().ok()).as(i.how() + i.client().tail(20)).isTrue();
      assertThat(i.smoke().map(Exit::out).map(String::strip)).contains("lamp 1.2.0");
    });
    assertThat(installations.get(0).received())
        .allSatisfy(d -> assertThat(d.sha256()).isEqualTo(d.staged()))
        .extracting(Delivered::file)
        .containsExactly("lamp-1.2.0-py3-none-any.whl", "lamp_tools-1.2.0-py3-none-any.whl");
    for (String client : List.of("pip", "uv")) {
      try (Stream<Path> installed = Files.walk(directory.resolve("installed").resolve(client))) {
        assertThat(installed).as(client).anyMatch(path -> path.endsWith("lamp_tools-1.2.0.dist-info"));
      }
    }
  }

  @Test
  void aWheelForAnotherPythonOrAnotherLibcIsToldAndNotRun() throws IOException {
    String cpu = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    PyPiChannel foreign = channel(Map.of(), wheel("cp27-cp27mu-any"));
    assertThat(foreign.installations(directory)).isEmpty();
    assertThat(foreign.notRunHere().get("lamp-1.2.0-cp27-cp27mu-any.whl")).contains("another Python", "cp27-cp27mu", "here is cp3");
    PyPiChannel libc = channel(Map.of(), wheel("py3-none-musllinux_1_1_" + cpu), wheel("py3-none-manylinux_2_17_" + cpu + ".manylinux2014_" + cpu));
    assertThat(libc.notRunHere().entrySet().stream().filter(left -> left.getKey().endsWith(".whl")))
        .as("a Linux has one C library, and no other system takes either")
        .hasSize(System.getProperty("os.name").equals("Linux") ? 1 : 2)
        .allSatisfy(left -> assertThat(left.getValue()).contains("another platform", "linux_"));
    assertThat(channel(Map.of(), wheel("py2.py3-none-any")).notRunHere()).doesNotContainKey("lamp-1.2.0-py2.py3-none-any.whl");
  }

  private PyPiChannel channel(Map<String, String> settings, Path... wheels) throws IOException {
    ChannelPlan plan = new ChannelPlan("pypi", "official", List.of(), Optional.of("lamp"), settings);
    Map<String, String> clients = Map.of("python", Clients.pythonWithTwine().toString(), "uv", Clients.uv().toString());
    List<Artifact> artifacts = new ArrayList<>();
    for (Path wheel : wheels) {
      artifacts.add(new Artifact(Kind.WHEEL, wheel, Optional.empty(), Digests.of(wheel)));
    }
    Workbench bench = Benches.of(directory, directory, plan, "1.2.0", artifacts, clients);
    return new PyPiChannel(bench, plan, new Endpoint(registry.upload(), registry.simple(), new Secret("token-of-the-test")));
  }

  private Path wheel(String tag) throws IOException {
    return wheel("lamp", tag);
  }

  /** A wheel with a module and a program of the project's name. */
  private Path wheel(String project, String tag) throws IOException {
    Path file = directory.resolve(project + "-1.2.0-" + tag + ".whl");
    String info = project + "-1.2.0.dist-info/";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, project + "/__init__.py", "def main():\n    print('" + project + " 1.2.0')\n");
      add(zip, info + "METADATA", "Metadata-Version: 2.1\nName: " + project + "\nVersion: 1.2.0\nSummary: A lamp\n");
      add(zip, info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: " + tag + "\n");
      add(zip, info + "entry_points.txt", "[console_scripts]\n" + project + " = " + project + ":main\n");
      add(zip, info + "RECORD", "");
    }
    return file;
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
