package dev.plasmite.train;

import dev.plasmite.artifact.ReleaseManifest;
import dev.plasmite.channel.Channel;
import dev.plasmite.channel.Channels;
import dev.plasmite.channel.PackageNames;
import dev.plasmite.channel.Workbench;
import dev.plasmite.client.Asking;
import dev.plasmite.client.EmptyHome;
import dev.plasmite.client.Fetch;
import dev.plasmite.client.LetThrough;
import dev.plasmite.client.Processes;
import dev.plasmite.client.Redactor;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.ReleasePlan;
import dev.plasmite.sandbox.ScratchClone;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Opens the channels on real services: the proven set, a clean checkout of the commit, the places and credentials as they
 * are set up, and for every client an empty home.
 */
final class OutsideChannels implements Channels {

  private final Assemblies parts;
  private final ReleasePlan plan;
  private final Function<Receipts, ReleaseManifest> provenSet;
  private final EffectGate effects;
  private final OutsideLogins logins;
  private final OutsideScratch scratch;
  private final boolean sending;

  /**
   * Makes it.
   *
   * @param provenSet the set that provenance has proven, read again
   * @param sending whether something is to be sent, which takes credentials
   */
  OutsideChannels(
      Assemblies parts,
      Function<Receipts, ReleaseManifest> provenSet,
      EffectGate effects,
      OutsideLogins logins,
      OutsideScratch scratch,
      boolean sending) {
    this.parts = parts;
    this.plan = parts.plan();
    this.provenSet = provenSet;
    this.effects = effects;
    this.logins = logins;
    this.scratch = scratch;
    this.sending = sending;
  }

  @Override
  public List<Channel> open(Receipts earlier) {
    ReleaseManifest manifest = provenSet.apply(earlier);
    Fetch fetch = new Fetch(effects);
    Asking asking =
        // What it says is read, so nothing in it may be replaced; what is told of it is redacted with the stage.
        new Asking(new Processes(Redactor.NONE), parts.around(), plan.clients(), scratch.directory("asking"));
    OutsideRegistries registries =
        new OutsideRegistries(asking, fetch, logins, manifest.artifacts(), plan.version(), sending);
    Places places = new OutsidePlaces(plan, parts.around(), logins, registries, effects, parts.notes(), sending);
    Workbench bench =
        new Workbench(
            where(manifest),
            manifest.artifacts(),
            new PackageNames(plan.version()),
            ScratchClone.of(scratch.directory("checkout"), plan.repository(), parts.commit(), Optional.empty()).work(),
            effects,
            new Processes(new Redactor(logins.secrets())),
            fetch,
            ambient(),
            scratch.directory("clients"));
    return new ChannelList(bench, places).of(plan.channels());
  }

  /** The plan, with the proven set for the staged one: its papers are shipped from where its artifacts are. */
  private ReleasePlan where(ReleaseManifest manifest) {
    Path set = manifest.artifacts().stream().findFirst().map(a -> a.path().getParent()).orElse(plan.directories().artifacts());
    return new ReleasePlan(
        plan.repository(), plan.version(), plan.mode(), plan.baseTag(), plan.lockstep(), plan.candidate(), plan.perf(), plan.staging(),
        plan.channels(), plan.clients(),
        new ReleasePlan.Directories(set, plan.directories().evidence(), plan.directories().sandbox()), plan.provenance(), plan.downloads());
  }

  /** What every client gets: the network's settings, and no configuration of the directories around the scratch one. */
  private Map<String, String> ambient() {
    Map<String, String> ambient = new TreeMap<>(LetThrough.network(parts.around().environment()));
    ambient.putAll(EmptyHome.below(scratch.directory("clients").getParent()));
    return ambient;
  }
}
