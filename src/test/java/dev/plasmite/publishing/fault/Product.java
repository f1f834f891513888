package dev.plasmite.publishing.fault;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.Digests;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.channel.PackageNames;
import dev.plasmite.client.Command;
import dev.plasmite.client.Exit;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.StagingPlan.Kind;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A small product, built and staged once: two crates of which the second needs the first, an npm package, a wheel, a source
 * distribution, a tarball each for two platforms, and the papers.
 *
 * @param checkout the work tree of the release tag
 * @param staged the staged set
 * @param commit of the release tag
 * @param artifacts what is shipped, as the release manifest lists it
 * @param names what the artifacts call themselves
 */
record Product(Path checkout, Path staged, String commit, List<Artifact> artifacts, PackageNames names) {

  static final String VERSION = "1.2.0";
  static final String OLD = "1.1.0";
  static final List<String> PLATFORMS = List.of("darwin_arm64", "linux_amd64");

  static Product make(Path directory) throws IOException {
    Path checkout = Files.createDirectories(directory.resolve("checkout"));
    Path staged = Files.createDirectories(directory.resolve("staged"));
    crates(checkout);
    for (String crate : List.of("lamp", "lamp-native")) {
      String file = crate + "-" + VERSION + ".crate";
      Files.copy(checkout.resolve("target/package/" + file), staged.resolve(file));
    }
    npm(staged.resolve("lamp-" + VERSION + ".tgz"), "");
    wheel(staged.resolve("lamp-" + VERSION + "-py3-none-any.whl"), "");
    sdist(staged.resolve("lamp-" + VERSION + ".tar.gz"), "");
    for (String platform : PLATFORMS) {
      tar(staged.resolve("lamp_" + VERSION + "_" + platform + ".tar.gz"), List.of("lamp/bin/lamp"), List.of("for " + platform));
    }
    Product product = at(directory);
    StringBuilder sums = new StringBuilder();
    product.artifacts().forEach(a -> sums.append(a.sha256()).append("  ").append(a.file()).append('\n'));
    Files.writeString(staged.resolve(Checksums.FILE), sums);
    Files.writeString(staged.resolve(StagedSet.ATTESTATION), "{}");
    return product;
  }

  /** The product that was made in a directory, for another process. */
  static Product at(Path directory) throws IOException {
    Path staged = directory.resolve("staged");
    List<Artifact> artifacts = new ArrayList<>();
    artifacts.add(artifact(Kind.CRATE, staged.resolve("lamp-" + VERSION + ".crate")));
    artifacts.add(artifact(Kind.CRATE, staged.resolve("lamp-native-" + VERSION + ".crate")));
    artifacts.add(artifact(Kind.NPM, staged.resolve("lamp-" + VERSION + ".tgz")));
    artifacts.add(artifact(Kind.WHEEL, staged.resolve("lamp-" + VERSION + "-py3-none-any.whl")));
    artifacts.add(artifact(Kind.SDIST, staged.resolve("lamp-" + VERSION + ".tar.gz")));
    for (String platform : PLATFORMS) {
      Path file = staged.resolve("lamp_" + VERSION + "_" + platform + ".tar.gz");
      artifacts.add(new Artifact(Kind.SDK, file, Optional.of(platform), Digests.of(file)));
    }
    Path checkout = directory.resolve("checkout");
    String commit = run(checkout, "git", "rev-parse", "HEAD").strip();
    return new Product(checkout, staged, commit, List.copyOf(artifacts), new PackageNames(SemVer.parse(VERSION)));
  }

  /** The tap's formula of the release before. */
  static String formula() {
    StringBuilder text = new StringBuilder("class Lamp < Formula\n  version \"" + OLD + "\"\n");
    for (String platform : PLATFORMS) {
      text.append("  on_").append(platform.startsWith("darwin") ? "macos" : "linux").append(" do\n")
          .append("    url \"https://example.org/v").append(OLD).append("/lamp_").append(OLD).append('_').append(platform).append(".tar.gz\"\n")
          .append("    sha256 \"").append("0".repeat(64)).append("\"\n  end\n");
    }
    return text + "  def install\n    bin.install \"bin/lamp\"\n  end\nend\n";
  }

  Artifact file(String name) {
    return artifacts.stream().filter(a -> a.file().equals(name)).findFirst().orElseThrow();
  }

  private static Artifact artifact(Kind kind, Path file) throws IOException {
    return new Artifact(kind, file, Optional.empty(), Digests.of(file));
  }

  /** Made by cargo, which makes the same bytes again when the channel packages them. */
  private static void crates(Path checkout) throws IOException {
    String head = "version = \"" + VERSION + "\"\nedition = \"2021\"\nlicense = \"MIT\"\ndescription = \"A lamp\"\n";
    write(checkout, "Cargo.toml", "[package]\nname = \"lamp\"\n" + head + "[workspace]\nmembers = [\"native\"]\n");
    write(checkout, "src/lib.rs", "pub fn on() -> bool { true }\n");
    write(checkout, "native/Cargo.toml", "[package]\nname = \"lamp-native\"\n" + head + "[dependencies]\nlamp = { version = \"=" + VERSION + "\", path = \"..\" }\n");
    write(checkout, "native/src/lib.rs", "pub use lamp::on;\n");
    write(checkout, ".gitignore", "/target/\n");
    run(checkout, "cargo", "generate-lockfile", "--offline");
    run(checkout, "git", "init", "-q");
    run(checkout, "git", "add", "-A");
    run(checkout, "git", "-c", "user.name=M", "-c", "user.email=m@example.org", "commit", "-q", "-m", "lamp " + VERSION);
    run(checkout, "cargo", "package", "--workspace", "--offline", "--no-verify");
  }

  static Path npm(Path file, String more) throws IOException {
    return tar(
        file,
        List.of("package/package.json", "package/index.js"),
        List.of("{\"name\":\"lamp\",\"version\":\"" + VERSION + "\",\"description\":\"A lamp\",\"license\":\"MIT\"}", "// light" + more + "\n"));
  }

  static Path sdist(Path file, String more) throws IOException {
    String top = "lamp-" + VERSION + "/";
    return tar(file, List.of(top + "PKG-INFO", top + "pyproject.toml"), List.of(metadata(), "[project]\nname = \"lamp\"\n#" + more + "\n"));
  }

  static Path wheel(Path file, String more) throws IOException {
    String info = "lamp-" + VERSION + ".dist-info/";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, "lamp/__init__.py", "# light" + more + "\n");
      add(zip, info + "METADATA", metadata());
      add(zip, info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      add(zip, info + "RECORD", "");
    }
    return file;
  }

  /** A crate of this name and version with other bytes. */
  static Path crate(Path file, String name) throws IOException {
    String top = name + "-" + VERSION + "/";
    return tar(
        file,
        List.of(top + "Cargo.toml", top + "src/lib.rs"),
        List.of("[package]\nname = \"" + name + "\"\nversion = \"" + VERSION + "\"\n", "// dark\n"));
  }

  private static String metadata() {
    return "Metadata-Version: 2.1\nName: lamp\nVersion: " + VERSION + "\nSummary: A lamp\n";
  }

  private static Path tar(Path file, List<String> names, List<String> texts) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (int i = 0; i < names.size(); i++) {
        byte[] bytes = texts.get(i).getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(names.get(i));
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static void write(Path checkout, String file, String text) throws IOException {
    Files.createDirectories(checkout.resolve(file).getParent());
    Files.writeString(checkout.resolve(file), text);
  }

  private static String run(Path directory, String... argv) {
    Exit exit = new Processes(Redactor.NONE).run(Command.of(directory, List.of(argv)).inheriting());
    if (!exit.ok()) {
      throw new AssertionError(String.join(" ", argv) + ": " + exit.tail(10));
    }
    return exit.out();
  }
}
