package dev.plasmite.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A git work tree of a test. */
public final class WorkTree {

  private final Path root;

  private WorkTree(Path root) {
    this.root = root;
  }

  /** Makes the directory a repository. */
  public static WorkTree in(Path directory) {
    try {
      Git.init().setDirectory(directory.toFile()).setInitialBranch("main").call().close();
      return new WorkTree(directory);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a file and lets git track it. */
  public WorkTree with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public WorkTree with(String path, byte[] bytes) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return tracking();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets git track all that is there. */
  public WorkTree tracking() {
    try (Git git = Git.open(root.toFile())) {
      git.add().addFilepattern(".").call();
      return this;
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Commits all and tags it when a tag is given. */
  public WorkTree commit(String tag, boolean annotated) {
    try (Git git = Git.open(root.toFile())) {
      git.commit().setMessage("work").setAuthor("Test", "test@example.invalid").setCommitter("Test", "test@example.invalid").setSign(false).call();
      if (tag != null) {
        git.tag().setName(tag).setAnnotated(annotated).setSigned(false).setMessage(annotated ? tag : null).call();
      }
      return this;
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  public String read(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path root() {
    return root;
  }

  /** A product in Rust, Python, Node and Java with a formula, all at a version. */
  public static WorkTree product(Path directory, String version) {
    return in(directory)
        .with("VERSION", version + "\n")
        .with(
            "Cargo.toml",
            """
            # the lantern
            [package]
            name = "lantern"
            version = "%s" # kept
            edition = "2021"

            [dependencies]
            lantern-native = { path = "native", version = "=%s" }
            serde = { version = "%s" }

            [dev-dependencies.lantern-bench]
            path = "bench"
            version = "^%s"
            """
                .formatted(version, version, version, version))
        .with("native/Cargo.toml", "[package]\r\nname = \"lantern-native\"\r\nversion = '%s'\r\n".formatted(version))
        .with("bench/Cargo.toml", "[package]\nname = \"lantern-bench\"\nversion = \"%s\"".formatted(version))
        .with(
            "Cargo.lock",
            """
            version = 4

            [[package]]
            name = "lantern"
            version = "%s"
            dependencies = [
             "lantern-native",
            ]

            [[package]]
            name = "lantern-native"
            version = "%s"

            [[package]]
            name = "serde"
            version = "%s"
            source = "registry+https://registry.example/index"
            checksum = "00"
            """
                .formatted(version, version, version))
        .with(
            "node/package.json",
            """
            {
            \t"name": "@lantern/cli",
            \t"version": "%s",
            \t"dependencies": { "other": "%s" },
            \t"optionalDependencies": { "@lantern/cli-linux-x64": "%s", "fsevents": "%s" }
            }
            """
                .formatted(version, version, version, "2.0.0"))
        .with(
            "node/package-lock.json",
            """
            {
              "name": "@lantern/cli",
              "version": "%s",
              "lockfileVersion": 3,
              "packages": {
                "": { "name": "@lantern/cli", "version": "%s", "optionalDependencies": { "@lantern/cli-linux-x64": "%s" } },
                "node_modules/other": { "version": "%s", "integrity": "sha512-00" }
              }
            }
            """
                .formatted(version, version, version, version))
        .with("python/pyproject.toml", "[project]\nname = \"lantern\"\nversion = \"%s\"\ndependencies = [\"lantern-core[x]==%s ; python_version > '3'\", \"lantern==%s\"]\n".formatted(version, version, version))
        .with("python/lantern/__init__.py", "\"\"\"Lantern %s.\"\"\"\n__version__ = '%s'\n".formatted(version, version))
        .with(
            "java/pom.xml",
            """
            <project>
              <groupId>example</groupId>
              <artifactId>lantern</artifactId>
              <version>%s</version> <!-- %s -->
              <dependencies>
                <dependency><groupId>example</groupId><artifactId>other</artifactId><version>%s</version></dependency>
              </dependencies>
            </project>
            """
                .formatted(version, version, version))
        .with(
            "Formula/lantern.rb",
            """
            class Lantern < Formula
              url "https://host.example/lantern/releases/download/v%s/lantern_%s_linux_amd64.tar.gz"
              version "%s"
              resource "wick" do
                url "https://host.example/wick/v%s/wick-%s.tar.gz"
              end
            end
            """
                .formatted(version, version, version, version, version));
  }
}
