package dev.plasmite.channel;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Homebrew formula as text, with the places that name a release: {@code version}, and each {@code url} with its
 * {@code sha256} and its mirrors (the Formula Cookbook). Other sources ({@code resource}, {@code patch}, {@code head}),
 * {@code bottle} and {@code livecheck} blocks, and the bodies of methods, are somebody else's and stay as they are.
 */
public final class Formula {

  private static final Pattern FOREIGN =
      Pattern.compile("(?s)^\\s*(?:resource|bottle|livecheck|patch|head|test|service|def|define_method)\\b.*");
  private static final Pattern STANZA =
      Pattern.compile("^\\s*(?<name>version|url|sha256|mirror)\\s*\\(?\\s*(?<quote>[\"'])(?<value>.*?)\\k<quote>");
  private static final Pattern ASSIGNED = Pattern.compile("^\\s*(?<name>[A-Za-z_]\\w*)\\s*=\\s*(?<quote>[\"'])(?<value>[^\"']*)\\k<quote>");
  private static final Pattern VERSION_OF = Pattern.compile("^\\s*version\\s*\\(?\\s*(?<name>[A-Za-z_]\\w*)\\s*\\)?\\s*$");
  private static final Pattern TAG = Pattern.compile("/v?([0-9]+\\.[0-9]+\\.[0-9]+[^/]*)/");

  /** How a finding begins that is about a url of a file that the release does not have. */
  static final String POINTS_ELSEWHERE = "the formula points at ";

  private final String path;
  private final String text;
  private final List<Source> sources = new ArrayList<>();
  private final List<Stanza> versions = new ArrayList<>();
  private final List<Stanza> mirrors = new ArrayList<>();
  private final Map<String, Stanza> variables = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** A value between quotes: its offsets in the text, and its line from 1. */
  private record Stanza(String name, int start, int end, int line, String value) {}

  /** A url with the checksum that belongs to it. */
  private record Source(Stanza url, Stanza sha256) {}

  /** What a place should say. */
  private record Wanted(Stanza place, String value) {}

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

  /** The text as it was read. */
  public String text() {
    return text;
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
    return sources.stream().map(s -> TAG.matcher(s.url().value())).filter(Matcher::find).map(m -> m.group(1)).findFirst();
  }

  /**
   * What the formula has brew download.
   *
   * @param url with what is known put in for {@code #{...}}
   * @param sha256 the checksum that brew demands of it
   */
  public record Download(String url, String sha256) {}

  /** All that the formula downloads for the product itself, for every platform. */
  public List<Download> downloads() {
    String version = version().orElse("");
    return sources.stream().map(s -> new Download(expanded(s.url().value(), version), s.sha256().value())).toList();
  }

  /**
   * The formula for another version; every byte that names no release stays.
   *
   * @param to the new version
   * @param digestOf hex sha256 of the release's file of a name; nothing when the release has no such file
   * @param missing takes a finding for each url that points at no file of the release
   */
  public String rewritten(String to, Function<String, Optional<String>> digestOf, List<Finding> missing) {
    List<Wanted> wanted = new ArrayList<>(wanted(to, digestOf, missing));
    wanted.sort(Comparator.comparingInt((Wanted w) -> w.place().start()).reversed());
    StringBuilder out = new StringBuilder(text);
    wanted.forEach(w -> out.replace(w.place().start(), w.place().end(), w.value()));
    return out.toString();
  }

  /**
   * What differs from the formula of a version, each with its line; changes nothing.
   *
   * @param digestOf as for {@link #rewritten}
   */
  public List<Finding> alignment(String to, Function<String, Optional<String>> digestOf) {
    List<Finding> differences = new ArrayList<>();
    for (Wanted wanted : wanted(to, digestOf, differences)) {
      if (!wanted.place().value().equals(wanted.value())) {
        differences.add(
            Finding.of("the formula says " + wanted.place().name() + " '" + wanted.place().value() + "', and this release is '" + wanted.value() + "'")
                .at(new Place(path, wanted.place().line(), 0))
                .remedy("push the formula of " + to + " to the tap, then run this again"));
      }
    }
    return differences;
  }

  private List<Wanted> wanted(String to, Function<String, Optional<String>> digestOf, List<Finding> missing) {
    String from = version().orElse(to);
    List<Wanted> wanted = new ArrayList<>();
    // Two branches may say "version v" of one variable.
    versions.stream().distinct().forEach(v -> wanted.add(new Wanted(v, to)));
    mirrors.forEach(m -> wanted.add(new Wanted(m, raised(m.value(), from, to))));
    for (Source source : sources) {
      String url = raised(source.url().value(), from, to);
      String whole = expanded(url, to);
      String file = whole.replaceFirst("[?#].*$", "").replaceFirst(".*/", "");
      Optional<String> digest = digestOf.apply(file);
      if (digest.isEmpty() || raised(whole, to, "").equals(whole)) {
        missing.add(
            Finding.of(
                    digest.isEmpty()
                        ? POINTS_ELSEWHERE + file + ", which this release does not have"
                        : "the formula's url does not name " + to + ", so it points at another release: " + whole)
                .at(new Place(path, source.url().line(), 0))
                .remedy(digest.isEmpty() ? "stage that file, or take its url out of the formula" : "write the tag into the url"));
        continue;
      }
      wanted.add(new Wanted(source.url(), url));
      wanted.add(new Wanted(source.sha256(), digest.get()));
    }
    return wanted;
  }

  /** A text with a version replaced where it stands as a whole: 1.2.0 is not in 11.2.0 or 1.2.0.1. */
  private static String raised(String text, String from, String to) {
    return text.replaceAll("(?<![0-9.])" + Pattern.quote(from) + "(?![0-9]|\\.[0-9])", Matcher.quoteReplacement(to));
  }

  private String expanded(String url, String version) {
    String whole = url.replace("#{version}", version);
    for (Map.Entry<String, Stanza> variable : variables.entrySet()) {
      String value = versions.contains(variable.getValue()) ? version : variable.getValue().value();
      whole = whole.replace("#{" + variable.getKey() + "}", value);
    }
    return whole;
  }

  private void scan() {
    int foreign = -1;
    Stanza url = null;
    Stanza sha256 = null;
    List<RubyLines.Line> lines = RubyLines.of(text);
    for (RubyLines.Line line : lines) {
      if (foreign < 0 && FOREIGN.matcher(line.code()).matches() && line.after() > line.depth()) {
        foreign = line.depth();
      }
      if (line.code().matches("(?s)^\\s*(?:end|else|elsif|on_\\w+)\\b.*")) {
        report(url, sha256);
        url = null;
        sha256 = null;
      }
      if (foreign < 0) {
        Optional<Stanza> stanza = stanza(line);
        url = stanza.filter(s -> s.name().equals("url")).orElse(url);
        sha256 = stanza.filter(s -> s.name().equals("sha256")).orElse(sha256);
        if (url != null && sha256 != null) {
          sources.add(new Source(url, sha256));
          url = null;
          sha256 = null;
        }
      } else if (line.after() <= foreign) {
        foreign = -1;
      }
    }
    report(url, sha256);
    sources.forEach(this::demandReadable);
    if (sources.isEmpty()) {
      findings.add(
          Finding.of("the formula has no url with a sha256").at(Place.file(path)).remedy("write a url and its sha256"));
    }
    if (!lines.isEmpty() && lines.get(lines.size() - 1).after() != 0) {
      findings.add(
          Finding.of("cannot tell where the blocks of the formula end").at(Place.file(path)).remedy("write each end on a line of its own"));
    }
  }

  /** What a line says about the release; versions, mirrors and variables are kept at once. */
  private Optional<Stanza> stanza(RubyLines.Line line) {
    Matcher m = STANZA.matcher(line.raw());
    if (m.find() && !line.code().isBlank()) {
      Stanza stanza = stanza(line, m);
      if (stanza.name().equals("version")) {
        versions.add(stanza);
      } else if (stanza.name().equals("mirror")) {
        mirrors.add(stanza);
      }
      return Optional.of(stanza);
    }
    Matcher assigned = ASSIGNED.matcher(line.raw());
    if (assigned.find() && !line.code().isBlank()) {
      variables.put(assigned.group("name"), stanza(line, assigned));
    }
    Matcher of = VERSION_OF.matcher(line.code().strip());
    if (of.matches() && variables.containsKey(of.group("name"))) {
      versions.add(variables.get(of.group("name")));
    }
    return Optional.empty();
  }

  private static Stanza stanza(RubyLines.Line line, Matcher m) {
    return new Stanza(m.group("name"), line.offset() + m.start("value"), line.offset() + m.end("value"), line.number(), m.group("value"));
  }

  private void demandReadable(Source source) {
    if (expanded(source.url().value(), "").contains("#{")) {
      findings.add(
          Finding.of("cannot tell what this url is without running it: " + source.url().value())
              .at(new Place(path, source.url().line(), 0))
              .remedy("write it with #{version} or a variable that is a plain text"));
    }
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
