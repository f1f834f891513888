package dev.plasmite.publishing.fault;

import dev.plasmite.sandbox.SandboxWorld;
import dev.plasmite.sandbox.loopback.Request;

/** The effects that a publish of {@link Product} has on the outside. */
enum Effects {
  DRAFT(SandboxWorld.GITHUB, "github", "make a draft", 1, "POST", "/releases", ""),
  ASSET_1(SandboxWorld.GITHUB, "github", "add lamp_1.2.0_darwin_arm64.tar.gz", 1, "POST", "/assets", "lamp_1.2.0_darwin_arm64.tar.gz"),
  ASSET_2(SandboxWorld.GITHUB, "github", "add lamp_1.2.0_linux_amd64.tar.gz", 1, "POST", "/assets", "lamp_1.2.0_linux_amd64.tar.gz"),
  CHECKSUMS(SandboxWorld.GITHUB, "github", "add SHA256SUMS", 1, "POST", "/assets", "SHA256SUMS"),
  ATTESTATION(SandboxWorld.GITHUB, "github", "add attestation.dsse.json", 1, "POST", "/assets", "attestation.dsse.json"),
  CRATE(SandboxWorld.CRATES, "cargo", "publish lamp-1.2.0.crate", 1, "PUT", "/api/v1/crates/new", ""),
  SECOND_CRATE(SandboxWorld.CRATES, "cargo", "publish lamp-native-1.2.0.crate", 2, "PUT", "/api/v1/crates/new", ""),
  NPM(SandboxWorld.NPM, "npm", "publish lamp-1.2.0.tgz", 1, "PUT", "/lamp", ""),
  WHEEL(SandboxWorld.PYPI, "twine", "publish lamp-1.2.0-py3-none-any.whl", 1, "POST", "/", ""),
  SDIST(SandboxWorld.PYPI, "twine", "publish lamp-1.2.0.tar.gz", 2, "POST", "/", ""),
  PUBLICATION(SandboxWorld.GITHUB, "github", "publish the GitHub release", 1, "PATCH", "", ""),
  TAP("tap", "git", "push Formula/lamp.rb", 1, "POST", "/git-receive-pack", "");

  final String server;
  final String client;
  final String act;
  private final int number;
  private final String method;
  private final String path;
  private final String name;

  Effects(String server, String client, String act, int number, String method, String path, String name) {
    this.server = server;
    this.client = client;
    this.act = act;
    this.number = number;
    this.method = method;
    this.path = path;
    this.name = name;
  }

  /** Whether a request to its server is of its kind, the how-many-th of which it is. */
  boolean kind(Request request) {
    return request.method().equals(method) && request.rawPath().endsWith(path)
        && (name.isEmpty() || request.query("name").orElse("").equals(name));
  }

  int number() {
    return number;
  }

  String shown() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
