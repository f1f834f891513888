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
import dev.plasmite.sandbox.registry.NpmRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real npm, against the loopback registry. */
class NpmChannelTest {

  private static final String PUBLIC = "\"bin\": {\"lamp\": \"cli.js\"}";

  @TempDir Path directory;
  private NpmRegistry registry;

  @BeforeEach
  void open() {
    registry = NpmRegistry.open(directory.resolve("registry"), Accounts.of("token-of-the-test").plus("theirs", "somebody"));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void publishesTheStagedBytesAndInstallsThemBackWithNpmAndPnpm() throws IOException {
    NpmChannel channel = channel("1.2.0", PUBLIC, Map.of(), "token-of-the-test", Map.of("pnpm", Clients.pnpm().toString()));
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks).hasSize(1);
    assertThat(registry.requests()).allMatch(request -> request.method().equals("GET"));
    Act act = channel.acts(Leg.REGISTRY).get(0);
    String said = act.send();
    assertThat(act.holding()).as(said).isEqualTo(Holding.same(act.sha256()));
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks); // a second run finds it there
    List<Installation> installations = channel.installations(Files.createDirectory(directory.resolve("installed")));
    assertThat(installations).extracting(Installation::how).satisfiesExactly(
        npm -> assertThat(npm).startsWith("npm install"), pnpm -> assertThat(pnpm).startsWith("pnpm add"));
    assertThat(installations).allSatisfy(i -> {
      assertThat(i.client().ok()).as(i.client().tail(20)).isTrue();
      assertThat(i.received()).singleElement().satisfies(d -> assertThat(d.sha256()).isEqualTo(d.staged()));
      assertThat(i.smoke().map(Exit::out)).contains("lamp 1.2.0\n");
    });
    assertThat(directory.resolve("ran")).doesNotExist();
  }

  @Test
  void refusesATokenThatTheRegistryDoesNotKnow() throws IOException {
    assertThat(channel("1.2.0", PUBLIC, Map.of(), "revoked-token", Map.of()).preflight().findings())
        .filteredOn(Finding::blocks)
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("wrong, expired or revoked").doesNotContain("revoked-token"));
    assertThat(channel("1.2.0", PUBLIC, Map.of(), "", Map.of()).preflight().findings())
        .anySatisfy(f -> assertThat(f.what()).isEqualTo("there is no credential for npm"));
    assertThat(channel("1.2.0", PUBLIC, Map.of(), "two\nlines", Map.of()).preflight().findings())
        .anySatisfy(f -> assertThat(f.what()).contains("a line break"));
  }

  @Test
  void refusesAPackageOfSomebodyElse() throws IOException {
    channel("1.0.0", PUBLIC, Map.of(), "theirs", Map.of()).acts(Leg.REGISTRY).get(0).send();
    assertThat(channel("1.2.0", PUBLIC, Map.of(), "token-of-the-test", Map.of()).preflight().findings())
        .filteredOn(Finding::blocks)
        .singleElement()
        .satisfies(f -> assertThat(f.what()).contains("npm user maintainer, who may nothing with lamp"));
  }

  @Test
  void keepsTheRulesOfDistTags() throws IOException {
    channel("2.0.0", PUBLIC, Map.of(), "token-of-the-test", Map.of()).acts(Leg.REGISTRY).get(0).send();
    assertThat(blocking("1.2.0", Map.of())).contains("the dist-tag latest of lamp is at 2.0.0, and 1.2.0 is older");
    assertThat(blocking("1.2.0", Map.of("tag", "release-1"))).isEmpty();
    assertThat(blocking("1.2.0", Map.of("tag", "v1"))).contains("reads like a version");
    assertThat(blocking("3.0.0-rc.1", Map.of("tag", "latest"))).contains("is a prerelease");
    assertThat(blocking("3.0.0-rc.1", Map.of())).isEmpty();
    channel("3.0.0-rc.1", PUBLIC, Map.of(), "token-of-the-test", Map.of()).acts(Leg.REGISTRY).get(0).send();
    assertThat(blocking("3.0.0-alpha", Map.of())).contains("the dist-tag next of lamp is at 3.0.0-rc.1");
  }

  @Test
  void aTarballThatNamesAnotherRegistryIsSentToThisOneAllTheSame() throws IOException {
    NpmChannel channel =
        channel("1.2.0", "\"publishConfig\": {\"registry\": \"http://127.0.0.1:9/\"}", Map.of(), "token-of-the-test", Map.of());
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks); // npm's rehearsal says where it would send to
    assertThat(registry.requests()).allMatch(request -> request.method().equals("GET"));
    Act act = channel.acts(Leg.REGISTRY).get(0);
    String said = act.send();
    assertThat(act.holding()).as(said).isEqualTo(Holding.same(act.sha256()));
  }

  @Test
  void theBinariesOfPlatformsComeBeforeThePackageThatPicksOneAndWhatIsNotForHereIsTold() throws IOException {
    String cpu = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    String os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String optional = "\"@lamp/here\": \"1.2.0\", \"@lamp/windows\": \"1.2.0\", \"@lamp/libc\": \"1.2.0\"";
    NpmChannel channel =
        channel(
            "1.2.0", Map.of(), "token-of-the-test", Map.of("pnpm", Clients.pnpm().toString()),
            tarball("lamp", "1.2.0", PUBLIC + ", \"optionalDependencies\": {" + optional + "}"),
            tarball("@lamp/here", "1.2.0", "\"os\": [\"" + os + "\"], \"cpu\": [\"" + cpu + "\"]"),
            tarball("@lamp/windows", "1.2.0", "\"os\": [\"win32\"], \"cpu\": [\"ia32\"]"),
            tarball("@lamp/libc", "1.2.0", "\"os\": [\"" + os + "\"], \"libc\": [\"another\"]"));
    assertThat(channel.preflight().findings()).noneMatch(Finding::blocks);
    List<Act> acts = channel.acts(Leg.REGISTRY);
    assertThat(acts).extracting(Act::file)
        .containsExactly("lamp-here-1.2.0.tgz", "lamp-windows-1.2.0.tgz", "lamp-libc-1.2.0.tgz", "lamp-1.2.0.tgz");
    for (Act act : acts) {
      String said = act.send();
      assertThat(act.holding()).as(said).isEqualTo(Holding.same(act.sha256()));
    }
    assertThat(channel.fetch(Files.createDirectory(directory.resolve("fetched")))).hasSize(4).allSatisfy(d -> assertThat(d.sha256()).isEqualTo(d.staged()));
    assertThat(channel.installations(Files.createDirectory(directory.resolve("installed")))).hasSize(2).allSatisfy(i -> {
      assertThat(i.client().ok()).as(i.client().tail(20)).isTrue();
      assertThat(i.received()).extracting(Delivered::file).containsExactly("lamp-here-1.2.0.tgz", "lamp-1.2.0.tgz");
      assertThat(i.received()).allSatisfy(d -> assertThat(d.sha256()).isEqualTo(d.staged()));
      assertThat(i.smoke().map(Exit::out)).contains("lamp 1.2.0\n");
    });
    assertThat(channel.notRunHere()).containsOnlyKeys("lamp-windows-1.2.0.tgz", "lamp-libc-1.2.0.tgz");
    assertThat(channel.notRunHere().get("lamp-libc-1.2.0.tgz")).contains("libc [\"another\"], and node here has ");
  }

  private String blocking(String version, Map<String, String> settings) throws IOException {
    List<Finding> findings = channel(version, PUBLIC, settings, "token-of-the-test", Map.of()).preflight().findings();
    return String.join("\n", findings.stream().filter(Finding::blocks).map(Finding::what).toList());
  }

  private NpmChannel channel(String version, String more, Map<String, String> settings, String token, Map<String, String> clients) throws IOException {
    return channel(version, settings, token, clients, tarball("lamp", version, more));
  }

  private NpmChannel channel(String version, Map<String, String> settings, String token, Map<String, String> clients, Path... tarballs) throws IOException {
    ChannelPlan plan = new ChannelPlan("npm", "official", List.of(), Optional.of("lamp"), settings);
    List<Artifact> artifacts = new ArrayList<>();
    for (Path tarball : tarballs) {
      artifacts.add(new Artifact(Kind.NPM, tarball, Optional.empty(), Digests.of(tarball)));
    }
    Workbench bench = Benches.of(directory, tarballs[0].getParent(), plan, version, artifacts, clients);
    URI base = URI.create(registry.base() + "/");
    return new NpmChannel(bench, plan, new Endpoint(base, base, new Secret(token)));
  }

  private Path tarball(String name, String version, String more) throws IOException {
    Path file = Files.createDirectories(directory.resolve("source-" + version)).resolve(name.replace("@", "").replace('/', '-') + "-" + version + ".tgz");
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      add(tar, "package.json", "{\"name\": \"" + name + "\", \"version\": \"" + version + "\", \"scripts\": {\"install\": \"touch "
          + directory.resolve("ran") + "\"}, " + more + "}");
      add(tar, "cli.js", "#!/usr/bin/env node\nconsole.log('lamp ' + require('./package.json').version)\n");
    }
    return file;
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry("package/" + name);
    entry.setSize(bytes.length);
    entry.setMode(0755);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
