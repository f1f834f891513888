package dev.plasmite.publishing.fault;

import dev.plasmite.artifact.Artifact;
import dev.plasmite.artifact.Checksums;
import dev.plasmite.artifact.StagedSet;
import dev.plasmite.gate.Effect;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import dev.plasmite.github.GitHubClient;
import dev.plasmite.github.HurriedGitHub;
import dev.plasmite.github.Release;
import dev.plasmite.sandbox.SandboxWorld;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Somebody with the same rights who publishes the same version at the same moment, with the same bytes or with others. */
final class Competitor implements Plot.Rival {

  private static final String TAG = "v" + Product.VERSION;

  private final Product product;
  private final SandboxWorld world;
  private final Path directory;
  private final Uploader uploader = new Uploader(Duration.ofSeconds(60));

  Competitor(Product product, SandboxWorld world, Path directory) {
    this.product = product;
    this.world = world;
    this.directory = directory;
  }

  @Override
  public void send(Effects effect, boolean sameBytes) throws IOException {
    Path other = Files.createDirectories(directory.resolve("competitor"));
    switch (effect) {
      case DRAFT -> draft(sameBytes);
      case ASSET_1, ASSET_2, CHECKSUMS, ATTESTATION -> asset(effect, sameBytes, other);
      case CRATE -> crate("lamp", "", sameBytes, other);
      case SECOND_CRATE -> crate("lamp-native", "lamp", sameBytes, other);
      case NPM -> {
        Path mine = sameBytes ? path("lamp-1.2.0.tgz") : Product.npm(other.resolve("lamp-1.2.0.tgz"), " of another kind");
        demandTaken(uploader.npm(URI.create(world.npm().base() + "/"), world.token(SandboxWorld.NPM), mine));
      }
      case WHEEL -> {
        String name = "lamp-1.2.0-py3-none-any.whl";
        pypi(name, sameBytes ? path(name) : Product.wheel(other.resolve(name), " of another kind"));
      }
      case SDIST -> {
        String name = "lamp-1.2.0.tar.gz";
        pypi(name, sameBytes ? path(name) : Product.sdist(other.resolve(name), " of another kind"));
      }
      case PUBLICATION -> publication(sameBytes);
      case TAP -> formula(sameBytes);
    }
  }

  private void draft(boolean same) throws IOException {
    if (same) {
      github().createDraft(World.REPOSITORY, wanted(true), Effect.REVERSIBLE);
    } else {
      released();
    }
  }

  private void asset(Effects effect, boolean same, Path other) throws IOException {
    String name = effect.act.substring("add ".length());
    Path file = same ? staged(name) : Files.writeString(other.resolve(name), "of another kind");
    github().uploadAsset(draft(), name, file, Effect.REVERSIBLE);
  }

  private void publication(boolean same) throws IOException {
    if (same) {
      Release draft = draft();
      github().updateRelease(World.REPOSITORY, draft.id(), new Release.Wanted(TAG, product.commit(), draft.name(), draft.body(), false, false), Effect.IRREVERSIBLE);
    } else {
      released();
    }
  }

  /** Another release of this very tag, public at once. */
  private void released() throws IOException {
    byte[] body = ("{\"tag_name\":\"" + TAG + "\",\"name\":\"of another kind\",\"draft\":false}").getBytes(StandardCharsets.UTF_8);
    demandTaken(
        uploader.send("POST", URI.create(world.github().base() + "/repos/" + World.REPOSITORY + "/releases"), body,
            "Bearer " + world.token(SandboxWorld.GITHUB), "application/json"));
  }

  private void formula(boolean same) throws IOException {
    String text = Product.formula().replace(Product.OLD, Product.VERSION);
    for (String platform : Product.PLATFORMS) {
      Artifact file = product.file("lamp_" + Product.VERSION + "_" + platform + ".tar.gz");
      text = text.replaceFirst("0{64}", same ? file.sha256() : "1".repeat(64));
    }
    TapServer.push(directory.resolve("tap.git"), directory.resolve("competitor-tap"), text, "lamp " + Product.VERSION);
  }

  private void crate(String name, String dependency, boolean same, Path other) throws IOException {
    String file = name + "-" + Product.VERSION + ".crate";
    Path mine = same ? path(file) : Product.crate(other.resolve(file), name);
    demandTaken(uploader.crate(world.crates().base(), world.token(SandboxWorld.CRATES), name, dependency, mine));
  }

  private void pypi(String name, Path file) throws IOException {
    demandTaken(uploader.pypi(world.pypi().upload(), world.token(SandboxWorld.PYPI), name, file));
  }

  private Path path(String name) {
    return product.file(name).path();
  }

  private Path staged(String name) {
    boolean paper = List.of(Checksums.FILE, StagedSet.ATTESTATION).contains(name);
    return paper ? product.staged().resolve(name) : path(name);
  }

  private Release draft() {
    return github().releases(World.REPOSITORY).get(0);
  }

  private Release.Wanted wanted(boolean draft) {
    return new Release.Wanted(TAG, product.commit(), "somebody's draft", "", draft, false);
  }

  private GitHubClient github() {
    return HurriedGitHub.client(world.github().base(), world.token(SandboxWorld.GITHUB), new EffectGate(Mode.SANDBOX), Duration.ofSeconds(60));
  }

  private static void demandTaken(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError("the competitor could not publish: " + answer.statusCode() + " " + answer.body());
    }
  }
}
