package dev.plasmite.channel;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Homebrew formula as text, with the places that name a release: {@code version}, and each {@code url} with its
 * {@code sha256} (the Formula Cookbook). Other sources ({@code resource}, {@code patch}, {@code head}), {@code bottle}
 * and {@code livecheck} blocks are somebody else's and stay as they are.
 */
public final class Formula {

  private static final Pattern BLOCK = Pattern.compile("\\b(?:do|def|class|module|begin|case)\\b|^\\s*(?:if|unless|while)\\b");
  private static final Pattern END = Pattern.compile("^\\s*end\\b");
  private static final Pattern FOREIGN = Pattern.compile("^\\s*(?:resource|bottle|livecheck|patch|head|test)\\b.*\\bdo\\b");
  private static final Pattern STANZA =
      Pattern.compile("^\\s*(?<name>version|url|sha256)\\s*\\(?\\s*(?<quote>[\"'])(?<value>.*?)\\k<quote>");

  private final String path;
  private final String text;
  private final List<Source> sources = new ArrayList<>();
  private final List<Stanza> versions = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** A value between quotes: its offsets in the text, and its line from 1. */
  private record Stanza(int start, int end, int line, String value) {}

  /** A url with the checksum that belongs to it. */
  private record Source(Stanza url, Stanza sha256) {}

  /**
   * Reads a formula.
   *
   * @param path its path in the tap, for findings
   */
  public Formula(String path, String text) {
    this.path = path;
    this.text = text;
    scan();
  }

  /** What is wrong with it as it stands: a url without checksum, a checksum without url, nothing at all. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The version it says: its {@code version} stanza, else that of the tag in its first url. */
  public Optional<String> version() {
    if (!versions.isEmpty()) {
      return Optional.of(versions.get(0).value());
    }
    Pattern tag = Pattern.compile("/v?([0-9]+\\.[0-9]+\\.[0-9]+[^/]*)/");
    return sources.stream().map(s -> tag.matcher(s.url().value())).filter(Matcher::find).map(m -> m.group(1)).findFirst();
  }

  /**
   * What the formula has brew download.
   *
   * @param url with {@code #{version}} put in
   * @param sha256 the checksum that brew demands of it
   */
  public record Download(String url, String sha256) {}

  /** All that the formula downloads for the product itself, for every platform. */
  public List<Download> downloads() {
    String version = version().orElse("");
    return sources.stream().map(s -> new Download(expanded(s.url().value(), version), s.sha256().value())).toList();
  }

  /**
   * The formula for another version.
   *
   * @param to the new version
   * @param digestOf hex sha256 of the release's file of a name; nothing when the release has no such file
   * @param missing takes a finding for each url that points at no file of the release
   */
  public String rewritten(String to, Function<String, Optional<String>> digestOf, List<Finding> missing) {
    String from = version().orElse(to);
    List<Stanza> places = new ArrayList<>();
    List<String> values = new ArrayList<>();
    versions.forEach(v -> replace(places, values, v, to));
    for (Source source : sources) {
      String url = source.url().value().replace(from, to);
      String whole = expanded(url, to);
      String file = whole.substring(whole.lastIndexOf('/') + 1);
      Optional<String> digest = digestOf.apply(file);
      if (digest.isEmpty()) {
        missing.add(
            Finding.of("the formula points at " + file + ", which this release does not have")
                .at(new Place(path, source.url().line(), 0))
                .remedy("stage that file, or take its url out of the formula"));
        continue;
      }
      replace(places, values, source.url(), url);
      replace(places, values, source.sha256(), digest.get());
    }
    return applied(places, values);
  }

  private static void replace(List<Stanza> places, List<String> values, Stanza place, String value) {
    places.add(place);
    values.add(value);
  }

  private String applied(List<Stanza> places, List<String> values) {
    List<Integer> order = new ArrayList<>(java.util.stream.IntStream.range(0, places.size()).boxed().toList());
    order.sort(java.util.Comparator.comparingInt((Integer i) -> places.get(i).start()).reversed());
    StringBuilder out = new StringBuilder(text);
    order.forEach(i -> out.replace(places.get(i).start(), places.get(i).end(), values.get(i)));
    return out.toString();
  }

  private static String expanded(String url, String version) {
    return url.replace("#{version}", version);
  }

  private void scan() {
    int offset = 0;
    int depth = 0;
    int foreignDepth = -1;
    int line = 0;
    Stanza url = null;
    Stanza sha256 = null;
    for (String raw : text.split("(?<=\n)", -1)) {
      line++;
      String code = raw.replaceFirst("^\\s*#.*", "");
      boolean closes = END.matcher(code).find();
      if (closes || code.matches("(?s)^\\s*else\\b.*|^\\s*elsif\\b.*")) {
        report(url, sha256);
        url = null;
        sha256 = null;
      }
      if (foreignDepth < 0 && FOREIGN.matcher(code).find()) {
        foreignDepth = depth;
      }
      Matcher m = STANZA.matcher(code);
      if (foreignDepth < 0 && m.find()) {
        Stanza stanza = new Stanza(offset + m.start("value"), offset + m.end("value"), line, m.group("value"));
        if (m.group("name").equals("version")) {
          versions.add(stanza);
        } else if (m.group("name").equals("url")) {
          url = stanza;
        } else {
          sha256 = stanza;
        }
        if (url != null && sha256 != null) {
          sources.add(new Source(url, sha256));
          url = null;
          sha256 = null;
        }
      }
      depth += opens(code) - (closes ? 1 : 0);
      if (foreignDepth >= 0 && depth <= foreignDepth) {
        foreignDepth = -1;
      }
      offset += raw.length();
    }
    report(url, sha256);
    if (sources.isEmpty()) {
      findings.add(
          Finding.of("the formula has no url with a sha256").at(Place.file(path)).remedy("write a url and its sha256"));
    }
  }

  private static int opens(String code) {
    Matcher m = BLOCK.matcher(code.replaceAll("\"[^\"]*\"|'[^']*'", "\"\""));
    return m.find() ? 1 : 0;
  }

  private void report(Stanza url, Stanza sha256) {
    if (url != null) {
      findings.add(
          Finding.of("this url has no sha256").at(new Place(path, url.line(), 0)).remedy("write its sha256 beside it"));
    }
    if (sha256 != null) {
      findings.add(
          Finding.of("this sha256 has no url").at(new Place(path, sha256.line(), 0)).remedy("write its url beside it"));
    }
  }
}
