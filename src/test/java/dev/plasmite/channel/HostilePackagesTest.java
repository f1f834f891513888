package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.client.Secret;
import dev.plasmite.gate.ChannelPlan;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Logged;
import dev.plasmite.sandbox.registry.CratesRegistry;
import dev.plasmite.sandbox.registry.NpmRegistry;
import dev.plasmite.sandbox.registry.PyPiRegistry;
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
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Packages that want to run, be taken for a client, or be found before ours; configuration that leads to them lies in every
 * directory above the installation. Real clients.
 */
class HostilePackagesTest {

  private static final Accounts ACCOUNTS = Accounts.of("good");

  @TempDir Path temp;
  /** Everything of a test is below it, and it holds the hostile configuration. */
  private Path directory;
  /** What a hostile thing leaves behind when it has run. */
  private Path ran;

  @BeforeEach
  void nothingHasRun() throws IOException {
    ran = temp.resolve("ran");
    directory = Files.createDirectories(temp.resolve("work"));
  }

  @Test
  void scriptsOfAnNpmPackageDoNotRunItsBinsReplaceNothingAndNoOtherRegistryIsAsked() throws IOException {
    try (NpmRegistry ours = NpmRegistry.open(temp.resolve("ours"), ACCOUNTS);
        NpmRegistry theirs = NpmRegistry.open(temp.resolve("theirs"), ACCOUNTS)) {
      npm(theirs, "9.9.9").acts(Leg.REGISTRY).get(0).send();
      NpmChannel channel = npm(ours, "1.2.0");
      channel.acts(Leg.REGISTRY).get(0).send();
      String rc = "registry=" + theirs.base() + "/\nignore-scripts=false\nforeground-scripts=true\nscript-shell=" + evil("shell") + "\n";
      Files.writeString(directory.resolve(".npmrc"), rc);
      Files.writeString(directory.resolve("pnpm-workspace.yaml"), "packages: ['**']\n");
      Files.writeString(directory.resolve(".pnpmfile.cjs"), "require('fs').writeFileSync(" + quoted(ran) + ", 'pnpmfile')\n");
      int asked = theirs.requests().size();

      List<Installation> installations = channel.installations(Files.createDirectory(directory.resolve("installed")));

      assertThat(installations).extracting(Installation::with).containsExactly("npm", "pnpm");
      assertThat(installations).allSatisfy(i -> {
        assertThat(i.client().ok()).as(i.client().tail(20)).isTrue();
        assertThat(i.received()).singleElement().satisfies(d -> assertThat(d.sha256()).isEqualTo(d.staged()));
        assertThat(i.smoke().map(Exit::out)).contains("lamp 1.2.0\n");
      });
      assertThat(theirs.requests()).hasSize(asked);
      assertThat(ran).doesNotExist();
    }
  }

  @Test
  void noOtherIndexIsAskedForAPythonPackage() throws IOException {
    try (PyPiRegistry ours = PyPiRegistry.open(temp.resolve("ours"), ACCOUNTS);
        PyPiRegistry theirs = PyPiRegistry.open(temp.resolve("theirs"), ACCOUNTS)) {
      pypi(theirs, "9.9.9").acts(Leg.REGISTRY).get(0).send();
      PyPiChannel channel = pypi(ours, "1.2.0");
      channel.acts(Leg.REGISTRY).get(0).send();
      for (String file : List.of("pip.conf", "pip.ini", ".pip/pip.conf", ".config/pip/pip.conf")) {
        write(file, "[global]\nindex-url = " + theirs.simple() + "\nextra-index-url = " + theirs.simple() + "\n");
      }
      write("uv.toml", "index-url = \"" + theirs.simple() + "\"\n");
      write("pyproject.toml", "[tool.uv]\nindex-url = \"" + theirs.simple() + "\"\n");
      write("sitecustomize.py", "open(" + quoted(ran) + ", 'w')\n");
      int asked = theirs.requests().size();

      List<Installation> installations = channel.installations(Files.createDirectory(directory.resolve("installed")));

      assertThat(installations).extracting(Installation::with).containsExactly("pip", "uv");
      assertThat(installations).allSatisfy(i -> {
        assertThat(i.client().ok()).as(i.client().tail(20)).isTrue();
        assertThat(i.smoke().map(Exit::out).map(String::strip)).contains("lamp 1.2.0");
      });
      assertThat(theirs.requests()).hasSize(asked);
      assertThat(ran).doesNotExist();
    }
  }

  @Test
  void cargoCompilesNothingThatIsNotWhatWasStagedAndIsLedNowhereElse() throws IOException {
    try (CratesRegistry registry = CratesRegistry.open(temp.resolve("registry"), ACCOUNTS)) {
      Path checkout = crate();
      Path packaged = checkout.resolve("target/package/lamp-1.2.0.crate");
      Artifact staged = new Artifact(Kind.CRATE, packaged, Optional.empty(), Digests.of(packaged));
      crates(registry, checkout, staged).acts(Leg.REGISTRY).get(0).send();
      // cargo takes what is above the directory that it is run in, and above its home.
      write(".cargo/config.toml", "[build]\nrustc-wrapper = \"" + evil("wrapper") + "\"\n[source.crates-io]\nreplace-with = \"theirs\"\n[source.theirs]\nregistry = \"sparse+http://127.0.0.1:9/\"\n[net]\noffline = true\n");
      Digests other = new Digests(staged.size(), "0".repeat(64), staged.sha512());

      Installation refused = crates(registry, checkout, new Artifact(Kind.CRATE, packaged, Optional.empty(), other)).install(Files.createDirectory(directory.resolve("refused")));

      assertThat(refused.client().ok()).as(refused.client().tail(20)).isTrue();
      assertThat(refused.how()).isEqualTo("cargo fetch");
      assertThat(refused.received()).singleElement().satisfies(d -> assertThat(d.sha256()).isEqualTo(staged.sha256()));
      assertThat(refused.smoke()).isEmpty();
      assertThat(ran).as("its build script, or the wrapper").doesNotExist();

      Installation installed = crates(registry, checkout, staged).install(Files.createDirectory(directory.resolve("installed")));
      assertThat(installed.smoke().map(Exit::out)).as(installed.client().tail(20)).contains("lamp 1.2.0\n");
      assertThat(Files.readString(ran)).isEqualTo("build script"); // what was compared may run
      assertThat(registry.requests()).extracting(Logged::method).contains("GET");
    }
  }

  private NpmChannel npm(NpmRegistry registry, String version) throws IOException {
    Map<String, String> files = new TreeMap<>();
    String touch = "node -e \\\"require('fs').writeFileSync('" + ran + "', 'script')\\\"";
    files.put("package.json",
        "{\"name\": \"lamp\", \"version\": \"" + version + "\", \"bin\": {\"lamp\": \"cli.js\", \"npm\": \"evil.js\", \"pnpm\": \"evil.js\", \"node\": \"evil.js\", \"sh\": \"evil.js\"}, \"scripts\": {"
            + String.join(", ", List.of("preinstall", "install", "postinstall", "prepare", "prepublish").stream().map(s -> "\"" + s + "\": \"" + touch + "\"").toList())
            + "}}");
    files.put("cli.js", "#!/usr/bin/env node\nconsole.log('lamp ' + require('./package.json').version)\n");
    files.put("evil.js", "#!/bin/sh\necho bin > '" + ran + "'\n");
    files.put(".npmrc", "script-shell=" + evil("packed") + "\n");
    Path source = Files.createDirectories(temp.resolve("source-" + version));
    Path tarball = source.resolve("lamp-" + version + ".tgz");
    try (OutputStream out = Files.newOutputStream(tarball);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry("package/" + file.getKey());
        entry.setSize(bytes.length);
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    ChannelPlan plan = plan("npm");
    Artifact artifact = new Artifact(Kind.NPM, tarball, Optional.empty(), Digests.of(tarball));
    URI base = URI.create(registry.base() + "/");
    return new NpmChannel(Benches.of(directory, source, plan, version, List.of(artifact), Map.of("pnpm", Clients.pnpm().toString())), plan, new Endpoint(base, base, new Secret("good")));
  }

  private PyPiChannel pypi(PyPiRegistry registry, String version) throws IOException {
    Path wheel = temp.resolve("lamp-" + version + "-py3-none-any.whl");
    String info = "lamp-" + version + ".dist-info/";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      Map<String, String> files = new TreeMap<>();
      files.put("lamp/__init__.py", "def main():\n    print('lamp " + version + "')\n");
      files.put(info + "METADATA", "Metadata-Version: 2.1\nName: lamp\nVersion: " + version + "\nSummary: A lamp\n");
      files.put(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      files.put(info + "entry_points.txt", "[console_scripts]\nlamp = lamp:main\nuv = lamp:main\nnpm = lamp:main\n");
      files.put(info + "RECORD", "");
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    ChannelPlan plan = plan("pypi");
    Artifact artifact = new Artifact(Kind.WHEEL, wheel, Optional.empty(), Digests.of(wheel));
    Map<String, String> clients = Map.of("python", Clients.pythonWithTwine().toString(), "uv", Clients.uv().toString());
    return new PyPiChannel(Benches.of(directory, temp, plan, version, List.of(artifact), clients), plan, new Endpoint(registry.upload(), registry.simple(), new Secret("good")));
  }

  private CratesChannel crates(CratesRegistry registry, Path checkout, Artifact crate) {
    ChannelPlan plan = plan("crates.io");
    return new CratesChannel(Benches.of(directory, checkout, plan, "1.2.0", List.of(crate), Map.of()), plan, new Endpoint(registry.base(), registry.index(), new Secret("good")));
  }

  /** A crate with nothing but a program, whose build script leaves a trace. */
  private Path crate() throws IOException {
    Path checkout = Files.createDirectories(temp.resolve("crate/src")).getParent();
    Files.writeString(checkout.resolve("Cargo.toml"), "[package]\nname = \"lamp\"\nversion = \"1.2.0\"\nedition = \"2021\"\nlicense = \"MIT\"\ndescription = \"A lamp\"\n");
    Files.writeString(checkout.resolve("src/main.rs"), "fn main() { println!(\"lamp {}\", env!(\"CARGO_PKG_VERSION\")); }\n");
    Files.writeString(checkout.resolve("build.rs"), "fn main() { std::fs::write(" + quoted(ran) + ", \"build script\").unwrap(); }\n");
    Files.writeString(checkout.resolve(".gitignore"), "/target/\n");
    run(checkout, "cargo", "generate-lockfile", "--offline");
    run(checkout, "git", "init", "-q");
    run(checkout, "git", "add", "-A");
    run(checkout, "git", "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-m", "lamp 1.2.0");
    run(checkout, "cargo", "package", "--offline", "--no-verify");
    return checkout;
  }

  private static ChannelPlan plan(String channel) {
    return new ChannelPlan(channel, "official", List.of(), Optional.of("lamp --version"), Map.of());
  }

  /** A program that leaves a trace when it runs. */
  private Path evil(String name) throws IOException {
    Path program = temp.resolve("evil-" + name);
    Files.writeString(program, "#!/bin/sh\necho " + name + " > '" + ran + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String quoted(Path path) {
    return "\"" + path.toString().replace("\\", "\\\\") + "\"";
  }

  private static void run(Path directory, String... argv) {
    Exit exit = new Processes(Redactor.NONE).run(Command.of(directory, new ArrayList<>(List.of(argv))).inheriting());
    assertThat(exit.ok()).as(exit.err()).isTrue();
  }
}
