package dev.plasmite.train;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Receipts;
import dev.plasmite.gate.Refusal;
import dev.plasmite.gate.Stage;
import dev.plasmite.gate.StageResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A stage of a sandbox that fetches nothing. What fails for want of other people's packages fails in the words of a client
 * that knows nothing of a sandbox, so what would help is said beside it.
 *
 * @param stage the stage
 * @param refused the packages of others that were asked for in vain
 */
record WithoutDownloads(Stage stage, Supplier<? extends Collection<String>> refused) implements Around {

  /** How clients speak of the proxy that leads nowhere. */
  private static final Pattern NOWHERE = Pattern.compile("127\\.0\\.0\\.1(:| port |[^\\n]{0,20}port=)9\\b|(?i:cannot connect to proxy|proxyerror|proxyconnect)");

  private static final int SHOWN = 8;

  @Override
  public StageResult run(Receipts earlier) {
    try {
      StageResult result = stage.run(earlier);
      return new StageResult(result.verdict(), advised(result.findings()), result.proof(), result.channels());
    } catch (Refusal e) {
      throw new Refusal(advised(e.findings()));
    }
  }

  private List<Finding> advised(List<Finding> findings) {
    List<Finding> all = new ArrayList<>(findings);
    advice(findings).ifPresent(all::add);
    return all;
  }

  private Optional<Finding> advice(List<Finding> findings) {
    boolean nowhere = findings.stream().anyMatch(f -> f.blocks() && NOWHERE.matcher(f.what()).find());
    Collection<String> wanted = refused.get();
    if (!nowhere && (wanted.isEmpty() || findings.stream().noneMatch(Finding::blocks))) {
      return Optional.empty();
    }
    String names =
        wanted.isEmpty()
            ? ""
            : ": " + String.join(", ", wanted.stream().limit(SHOWN).toList()) + (wanted.size() > SHOWN ? " and " + (wanted.size() - SHOWN) + " more" : "");
    return Optional.of(
        Finding.warning("the sandbox fetches no packages of others, and they are wanted" + names)
            .remedy("-Dplasmite.downloads lets it: builds then have the network, without any credential, and its registries pass on what the public ones hold"));
  }
}
