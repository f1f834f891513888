package dev.plasmite.sandbox.registry;

import dev.plasmite.artifact.Digests;
import dev.plasmite.client.Fetch;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.StateDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The public registry behind one of the sandbox's: other people's packages are read from there when somebody wants one.
 * The release's own packages are never asked for there, so the sandbox alone says what exists of them. Nothing is sent.
 */
public final class Upstream {

  /** npm's largest documents are some tens of megabytes. */
  private static final int LARGEST_DOCUMENT = 128 << 20;

  private final Predicate<String> own;
  private final Fetch fetch;
  private final Supplier<URI> address;
  private final StateDirectory kept;
  private final Set<String> refused = new ConcurrentSkipListSet<>();
  private URI base;
  private String untold;

  /** None: other people's packages are not there, and whoever asks for one is remembered. */
  public Upstream(Predicate<String> own) {
    this.own = own;
    this.fetch = null;
    this.address = null;
    this.kept = null;
  }

  /**
   * An upstream.
   *
   * @param fetch what reads it
   * @param address its base for reading, with a slash at the end; asked once, when the first package is wanted
   * @param own whether a name, as the registry's clients write it, is one of this release
   * @param kept where fetched files are kept, so that they are fetched once
   */
  public Upstream(Fetch fetch, Supplier<URI> address, Predicate<String> own, Path kept) {
    this.fetch = fetch;
    this.address = address;
    this.own = own;
    this.kept = StateDirectory.open(kept);
  }

  /** Other people's packages that were asked for in vain, as there is no upstream. */
  public Set<String> refused() {
    return Set.copyOf(refused);
  }

  /** Whether a package is somebody else's, and may be fetched. */
  boolean serves(String name) {
    if (own.test(name)) {
      return false;
    }
    if (fetch == null) {
      refused.add(name);
    }
    return fetch != null;
  }

  /** Something below the registry's address. */
  URI at(String path) {
    return base().resolve(path);
  }

  /**
   * A document, whole.
   *
   * @return nothing where the registry has nothing
   * @throws Rejection 502 when it does not answer as it should
   */
  Optional<byte[]> document(URI uri, String accept) {
    try (Fetch.Answer answer = fetch.get(uri, Map.of("Accept", accept))) {
      if (absent(uri, answer)) {
        return Optional.empty();
      }
      byte[] bytes = answer.body().readNBytes(LARGEST_DOCUMENT + 1);
      if (bytes.length > LARGEST_DOCUMENT) {
        throw new Rejection(502, uri + " is larger than " + LARGEST_DOCUMENT + " bytes");
      }
      return Optional.of(bytes);
    } catch (OutsideFailure | Refusal | IOException e) {
      throw new Rejection(502, "cannot fetch " + uri + ": " + e.getMessage());
    }
  }

  /**
   * A file that never changes, on this machine.
   *
   * @return nothing where the registry has nothing
   * @throws Rejection 502 when it does not answer as it should
   */
  Optional<Path> file(URI uri) {
    Path place = kept.at(Digests.sha256(uri.toString().getBytes(StandardCharsets.UTF_8)));
    if (Files.isRegularFile(place)) {
      return Optional.of(place);
    }
    try (Fetch.Answer answer = fetch.get(uri, Map.of())) {
      if (absent(uri, answer)) {
        return Optional.empty();
      }
      kept.keep(kept.receive(answer.body()), place);
      return Optional.of(place);
    } catch (OutsideFailure | Refusal | IOException e) {
      throw new Rejection(502, "cannot fetch " + uri + ": " + e.getMessage());
    }
  }

  private synchronized URI base() {
    if (base == null && untold == null) {
      try {
        base = address.get();
      } catch (OutsideFailure | Refusal e) {
        untold = e.getMessage(); // a client that did not tell is not asked again for each of some hundred packages
      }
    }
    if (base == null) {
      throw new Rejection(502, "cannot tell where other people's packages are: " + untold);
    }
    return base;
  }

  private static boolean absent(URI uri, Fetch.Answer answer) {
    boolean absent = answer.status() == 404 || answer.status() == 410 || answer.status() == 451;
    if (!absent && answer.status() != 200) {
      throw new Rejection(502, uri + " answers with status " + answer.status());
    }
    return absent;
  }
}
