package dev.plasmite.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Exit;
import dev.plasmite.sandbox.Clients;
import dev.plasmite.sandbox.loopback.Accounts;
import dev.plasmite.sandbox.loopback.Fault;
import dev.plasmite.sandbox.loopback.Faults;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(1800)
class NpmRegistryTest {

  private static final Accounts ACCOUNTS = Accounts.of("good-token").plus("other-token", "stranger");

  @TempDir Path directory;

  @Test
  void npmPublishesAndAfterARestartInstallsTheSameBytes() throws Exception {
    Path tarball = pack("lantern", "0.1.0");
    String integrity =
        "sha512-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Digests.of(tarball).sha512()));
    try (NpmRegistry registry = open()) {
      Clients npm = npm(directory, registry, "good-token");
      assertThat(npm.succeed(directory, "npm", "whoami", "--registry", registry.base() + "/")).contains("maintainer");
      npm.succeed(directory, "npm", "ping", "--registry", registry.base() + "/");
      npm.succeed(directory, "npm", "publish", tarball.toString(), "--registry", registry.base() + "/");
      assertThat(npm.succeed(directory, "npm", "view", "lantern", "dist.integrity", "--registry", registry.base() + "/"))
          .contains(integrity);
    }
    try (NpmRegistry registry = open()) {
      Path fresh = Files.createDirectory(directory.resolve("fresh"));
      Clients npm = npm(fresh, registry, "good-token");
      npm.succeed(fresh, "npm", "install", "lantern@0.1.0", "--registry", registry.base() + "/");
      assertThat(Files.readString(fresh.resolve("package-lock.json"))).contains(integrity).contains(registry.base().toString());
      assertThat(npm.succeed(fresh, "node", fresh.resolve("node_modules/lantern/cli.js").toString())).contains("lantern 0.1.0");
      assertThat(registry.requests()).anyMatch(r -> r.path().equals("/lantern/-/lantern-0.1.0.tgz") && r.status() == 200);
    }
  }

  @Test
  void aPublishedVersionIsNeverPublishedOver() throws Exception {
    Path tarball = pack("lantern", "0.1.0");
    try (NpmRegistry registry = open()) {
      Clients npm = npm(directory, registry, "good-token");
      npm.succeed(directory, "npm", "publish", tarball.toString(), "--registry", registry.base() + "/");
      Exit again = npm.run(directory, "npm", "publish", tarball.toString(), "--registry", registry.base() + "/");
      assertThat(again.ok()).isFalse();
      assertThat(again.err()).contains("cannot publish over");
      // The client asks first; the registry itself must refuse as well.
      var refused =
          Http.send("PUT", registry.base(), "/lantern", document("lantern", "0.1.0", "other".getBytes()), "Authorization", "Bearer good-token");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo("{\"error\":\"You cannot publish over the previously published versions: 0.1.0.\"}");
    }
  }

  @Test
  void aFailureAfterTheEffectLooksLikeOneToTheClientAndTheVersionIsThere() throws Exception {
    Path tarball = pack("lantern", "0.1.0");
    Faults faults = request -> request.method().equals("PUT") ? Fault.after(500) : Fault.NONE;
    try (NpmRegistry registry = NpmRegistry.open(directory.resolve("state"), ACCOUNTS, faults)) {
      Exit exit = npm(directory, registry, "good-token")
          .run(directory, "npm", "publish", tarball.toString(), "--fetch-retries=0", "--registry", registry.base() + "/");
      assertThat(exit.ok()).isFalse();
      assertThat(exit.err()).contains("500");
      assertThat(Http.bytes(registry.base(), "/lantern/-/lantern-0.1.0.tgz").body()).isEqualTo(Files.readAllBytes(tarball));
      assertThat(registry.requests()).filteredOn(r -> r.method().equals("PUT")).hasSize(1).allMatch(r -> r.status() == 500);
    }
  }

  @Test
  void aScopedPackageGoesThroughBothSpellingsOfItsName() throws Exception {
    Path tarball = pack("@lamps/lantern", "0.1.0");
    try (NpmRegistry registry = open()) {
      Clients npm = npm(directory, registry, "good-token");
      npm.succeed(directory, "npm", "publish", tarball.toString(), "--access", "public", "--registry", registry.base() + "/");
      Path fresh = Files.createDirectory(directory.resolve("fresh"));
      npm(fresh, registry, "good-token")
          .succeed(fresh, "npm", "install", "@lamps/lantern@0.1.0", "--registry", registry.base() + "/");
      assertThat(fresh.resolve("node_modules/@lamps/lantern/cli.js")).exists();
      assertThat(Http.get(registry.base(), "/@lamps/lantern").statusCode()).isEqualTo(200);
      assertThat(Http.get(registry.base(), "/@lamps%2Flantern/0.1.0").body()).contains("lantern-0.1.0.tgz");
    }
  }

  @Test
  void distTagsMove() throws Exception {
    try (NpmRegistry registry = open()) {
      Clients npm = npm(directory, registry, "good-token");
      String at = registry.base() + "/";
      npm.succeed(directory, "npm", "publish", pack("lantern", "0.1.0").toString(), "--registry", at);
      npm.succeed(directory, "npm", "publish", pack("lantern", "0.2.0-rc.1").toString(), "--tag", "next", "--registry", at);
      assertThat(npm.succeed(directory, "npm", "dist-tag", "ls", "lantern", "--registry", at))
          .contains("latest: 0.1.0").contains("next: 0.2.0-rc.1");
      npm.succeed(directory, "npm", "dist-tag", "add", "lantern@0.1.0", "stable", "--registry", at);
      npm.succeed(directory, "npm", "dist-tag", "rm", "lantern", "next", "--registry", at);
      assertThat(Http.get(registry.base(), "/-/package/lantern/dist-tags").body())
          .isEqualTo("{\"latest\":\"0.1.0\",\"stable\":\"0.1.0\"}");
    }
  }

  @Test
  void onlyAMaintainersTokenPublishes() throws Exception {
    Path tarball = pack("lantern", "0.1.0");
    try (NpmRegistry registry = open()) {
      String at = registry.base() + "/";
      Exit revoked = npm(directory, registry, "revoked").run(directory, "npm", "publish", tarball.toString(), "--registry", at);
      assertThat(revoked.err()).contains("E401");
      assertThat(Http.get(registry.base(), "/lantern").statusCode()).isEqualTo(404);
      npm(directory, registry, "good-token").succeed(directory, "npm", "publish", tarball.toString(), "--registry", at);
      Exit stranger =
          npm(directory, registry, "other-token")
              .run(directory, "npm", "publish", pack("lantern", "0.2.0").toString(), "--registry", at);
      assertThat(stranger.err()).contains("E403").contains("permission");
      assertThat(Http.get(registry.base(), "/-/whoami", "Authorization", "Bearer revoked").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void claimedDigestsMustBeThoseOfTheBytes() throws Exception {
    try (NpmRegistry registry = open()) {
      String lie = new String(document("lantern", "0.1.0", "bytes".getBytes()))
          .replace("\"version\":\"0.1.0\"", "\"version\":\"0.1.0\",\"dist\":{\"shasum\":\"" + "0".repeat(40) + "\"}");
      var refused = Http.send("PUT", registry.base(), "/lantern", lie.getBytes(), "Authorization", "Bearer good-token");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("digests are not the claimed ones");
      assertThat(Http.get(registry.base(), "/lantern").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theAbbreviatedPackumentHasWhatAnInstallNeeds() throws Exception {
    try (NpmRegistry registry = open()) {
      npm(directory, registry, "good-token")
          .succeed(directory, "npm", "publish", pack("lantern", "0.1.0").toString(), "--registry", registry.base() + "/");
      var brief = Http.get(registry.base(), "/lantern", "Accept", "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8");
      assertThat(brief.headers().firstValue("Content-Type")).hasValue("application/vnd.npm.install-v1+json");
      assertThat(brief.body()).contains("\"modified\":").contains("\"bin\":").doesNotContain("readme").doesNotContain("_npmUser");
      String tag = brief.headers().firstValue("ETag").orElseThrow();
      assertThat(Http.get(registry.base(), "/lantern", "Accept", "application/vnd.npm.install-v1+json", "If-None-Match", tag).statusCode())
          .isEqualTo(304);
    }
  }

  @Test
  void aLargeTarballIsStreamed() throws Exception {
    byte[] noise = new byte[30 << 20];
    new Random(7).nextBytes(noise);
    Files.write(Files.createDirectories(directory.resolve("lantern-0.1.0")).resolve("noise.bin"), noise);
    noise = null;
    Path tarball = pack("lantern", "0.1.0");
    try (NpmRegistry registry = open()) {
      Heap heap = Heap.watch();
      npm(directory, registry, "good-token")
          .succeed(directory, "npm", "publish", tarball.toString(), "--registry", registry.base() + "/");
      assertThat(heap.growth()).isLessThan(16L << 20);
      assertThat(Files.size(tarball)).isGreaterThan(30L << 20);
      Path fresh = Files.createDirectory(directory.resolve("fresh"));
      npm(fresh, registry, "good-token").succeed(fresh, "npm", "install", "lantern@0.1.0", "--registry", registry.base() + "/");
      assertThat(fresh.resolve("node_modules/lantern/noise.bin")).hasSize(30L << 20);
    }
  }

  static byte[] document(String name, String version, byte[] tarball) {
    return ("{\"_id\":\"" + name + "\",\"name\":\"" + name + "\",\"dist-tags\":{\"latest\":\"" + version
            + "\"},\"versions\":{\"" + version + "\":{\"name\":\"" + name + "\",\"version\":\"" + version
            + "\"}},\"_attachments\":{\"" + name + "-" + version
            + ".tgz\":{\"content_type\":\"application/octet-stream\",\"data\":\""
            + Base64.getEncoder().encodeToString(tarball) + "\",\"length\":" + tarball.length + "}}}")
        .getBytes();
  }

  private NpmRegistry open() {
    return NpmRegistry.open(directory.resolve("state"), ACCOUNTS);
  }

  private static Clients npm(Path home, NpmRegistry registry, String token) throws Exception {
    Path userconfig = Files.writeString(home.resolve("npmrc"), registry.tokenKey() + "=" + token + "\n");
    return new Clients(home).with("npm_config_userconfig", userconfig.toString());
  }

  private Path pack(String name, String version) throws Exception {
    String file = name.replace("@", "").replace("/", "-") + "-" + version;
    Path root = Files.createDirectories(directory.resolve(file));
    Files.writeString(
        root.resolve("package.json"),
        """
        {"name": "%s", "version": "%s", "description": "A lantern", "license": "Apache-2.0", "bin": {"lantern": "cli.js"}}
        """.formatted(name, version));
    Files.writeString(root.resolve("cli.js"), "#!/usr/bin/env node\nconsole.log('lantern " + version + "');\n");
    Path tarball = directory.resolve(file + ".tgz");
    // As npm packs it: everything below package/.
    try (OutputStream out = Files.newOutputStream(tarball);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out));
        Stream<Path> files = Files.list(root)) {
      for (Path one : files.sorted().toList()) {
        tar.putArchiveEntry(new TarArchiveEntry(one, "package/" + one.getFileName()));
        Files.copy(one, tar);
        tar.closeArchiveEntry();
      }
    }
    return tarball;
  }
}
