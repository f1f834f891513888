package dev.plasmite.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.json.StrictJson;
import dev.plasmite.version.SemVer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tomlj.Toml;

/**
 * Random legal manifests keep every byte that is no version of the product. Each is made of pieces of which some are
 * known to be sites; the expectation is the same pieces with other sites, so it does not come from the code under test.
 */
class LosslessPropertiesTest {

  private static final String OLD = "1.4.2";
  private static final SemVer NEW = SemVer.parse("1.5.0-rc.1");
  private static final String SITE = "\u0001";
  private static final String PYTHON_SITE = "\u0002";

  /**
   * A generated manifest.
   *
   * @param template its text, in which a control character stands for each site
   */
  record Made(String path, String template, String lineEnd, boolean bom) {

    byte[] bytes(String semver, String python) {
      String text = template.replace(SITE, semver).replace(PYTHON_SITE, python).replace("\n", lineEnd);
      return ((bom ? "\uFEFF" : "") + text).getBytes(StandardCharsets.UTF_8);
    }

    byte[] old() {
      return bytes(OLD, OLD);
    }

    @Override
    public String toString() {
      return path + ":\n" + template;
    }
  }

  @Property(tries = 400)
  void cargoToml(@ForAll("cargo") Made made) {
    assertThat(Toml.parse(new String(made.old(), StandardCharsets.UTF_8).replace("\uFEFF", "")).errors()).as("tomlj takes it").isEmpty();
    keepsEveryOtherByte(made);
  }

  @Property(tries = 300)
  void pyproject(@ForAll("python") Made made) {
    assertThat(Toml.parse(new String(made.old(), StandardCharsets.UTF_8).replace("\uFEFF", "")).errors()).as("tomlj takes it").isEmpty();
    keepsEveryOtherByte(made);
  }

  @Property(tries = 300)
  void packageJson(@ForAll("node") Made made) throws IOException {
    JsonNode tree = StrictJson.mapper().readTree(new String(made.old(), StandardCharsets.UTF_8).replace("\uFEFF", ""));
    assertThat(tree.path("version").asText()).isEqualTo(OLD);
    keepsEveryOtherByte(made);
  }

  @Property(tries = 300)
  void pom(@ForAll("maven") Made made) {
    keepsEveryOtherByte(made);
  }

  @Property(tries = 300)
  void cargoLock(@ForAll("lock") Made made) {
    Made product = new Made("crate/Cargo.toml", "[package]\nname = \"lantern\"\nversion = \"" + SITE + "\"\n", "\n", false);
    assertThat(bumped(List.of(product, made)).get(1)).isEqualTo(made.bytes(NEW.toString(), "1.5.0rc1"));
  }

  private static void keepsEveryOtherByte(Made made) {
    assertThat(new String(bumped(List.of(made)).get(0), StandardCharsets.UTF_8))
        .isEqualTo(new String(made.bytes(NEW.toString(), "1.5.0rc1"), StandardCharsets.UTF_8));
  }

  private static List<byte[]> bumped(List<Made> all) {
    Formats formats = Formats.KNOWN;
    List<Scan.Read> reads = new ArrayList<>();
    for (Made made : all) {
      Manifest manifest = formats.of(made.path()).orElseThrow().read(TextFile.of(made.path(), made.old()));
      assertThat(manifest.problems()).isEmpty();
      reads.add(new Scan.Read(manifest, false, null));
    }
    Scan.Result scan = new Scan.Result(reads, List.of(), List.of(), List.of(), List.of());
    Lockstep lockstep = new Membership(Path.of("/"), scan, LockstepPlan.discovered(), null).decide();
    Wording wording = new Wording(NEW, lockstep.version());
    List<byte[]> out = new ArrayList<>();
    for (Made made : all) {
      SortedMap<Site, String> texts = new TreeMap<>();
      lockstep.sites().stream().filter(s -> s.place().file().equals(made.path())).forEach(s -> texts.put(s, wording.at(s).orElseThrow()));
      TextFile file = TextFile.of(made.path(), made.old());
      byte[] after = file.with(texts);
      String format = formats.of(made.path()).orElseThrow().name();
      assertThat(new EditJudge().judge(format, file, texts, after)).as("the format's library agrees").isEmpty();
      out.add(after);
    }
    return out;
  }

  // --- What manifests are made of

  private static Arbitrary<String> noise() {
    // Words that only look like the version, scripts beyond ASCII, quotes and brackets in comments.
    return Arbitraries.of("", "", "# 1.4.2\n", "# version = \"1.4.2\" é ü 灯\n", "\n", "\t\n", "# ]]]\n", "# '''\n", "   # \"\"\"\n");
  }

  private static Arbitrary<String> quoted(String value) {
    return Arbitraries.of("\"" + value + "\"", "'" + value + "'");
  }

  private static Arbitrary<String> assign() {
    return Arbitraries.of(" = ", "=", "\t=\t", " =", "=  ");
  }

  private static Arbitrary<String> lines() {
    return Arbitraries.of("\n", "\r\n");
  }

  private static Arbitrary<String> tableNoise() {
    return Arbitraries.of(
        "[package.metadata.x]\nversion = \"1.4.2\"\n",
        "[dependencies]\nserde = \"1.4.2\"\nlog = { version = \"=1.4.2\", features = [\"a\", \"b\"] }\n",
        "[features]\ndefault = [ # 1.4.2\n  \"a\", 'b',\n]\n",
        "[profile.release]\nopt-level = 3\nlto = true\n",
        "[[bin]]\nname = \"one\"\n[[bin]]\nname = \"two\"\nversion = \"1.4.2\"\n",
        "[package.metadata.notes]\ntext = \"\"\"\n[package]\nversion = \"1.4.2\"\n\"\"\"\nraw = '''\nversion = '1.4.2' '''\n",
        "[badges]\n\"a.b\" = { q = 1979-05-27, 'c' = -1.5e3 }\n");
  }

  @Provide
  Arbitrary<Made> cargo() {
    Arbitrary<String> version = Combinators.combine(assign(), quoted(SITE), noise()).as((a, q, n) -> n + "version" + a + q + " # 1.4.2\n");
    Arbitrary<String> name = Combinators.combine(assign(), quoted("lantern"), noise()).as((a, q, n) -> n + "name" + a + q + "\n");
    Arbitrary<String> header = Arbitraries.of("[package]\n", "[ package ]\n", "[package] # 1.4.2\n", "  [\"package\"]\n");
    Arbitrary<String> table = Combinators.combine(header, name, version, Arbitraries.of(true, false)).as((h, n, v, first) -> first ? h + v + n : h + n + v);
    Arbitrary<String> self =
        Combinators.combine(Arbitraries.of("", "=", "^", "~", "= "), Arbitraries.of(0, 1, 2, 3))
            .as(
                (op, form) ->
                    switch (form) {
                      case 0 -> "[dev-dependencies]\nme = { path = \".\", package = \"lantern\", version = \"" + op + SITE + "\" }\n";
                      case 1 -> "[dev-dependencies.lantern]\nversion = '" + op + SITE + "'\npath = '.'\n";
                      case 2 -> "[target.'cfg(unix)'.build-dependencies]\nlantern.version = \"" + op + SITE + "\"\nlantern.path = \"./\"\n";
                      default -> "";
                    });
    Arbitrary<List<String>> rest = tableNoise().list().ofMaxSize(4).uniqueElements();
    return Combinators.combine(table, self, rest, noise(), lines(), Arbitraries.of(true, false), Arbitraries.of(true, false))
        .as((t, s, r, n, e, bom, last) -> new Made("Cargo.toml", shuffled(n + t, s, r, last), e, bom));
  }

  private static String shuffled(String own, String self, List<String> rest, boolean newline) {
    List<String> parts = new ArrayList<>(rest);
    parts.add(parts.size() / 2, own);
    parts.add(self);
    String text = String.join("", parts);
    return newline ? text : text.stripTrailing();
  }

  @Provide
  Arbitrary<Made> python() {
    Arbitrary<String> version = Combinators.combine(assign(), quoted(PYTHON_SITE), noise()).as((a, q, n) -> n + "version" + a + q + "\n");
    Arbitrary<String> requirement =
        Arbitraries.of(
            "\"numpy==1.4.2\"", "'Lantern_Core == 1.4.2'", "\"lantern==" + PYTHON_SITE + "\"", "'LANTERN[fast] == " + PYTHON_SITE + " ; python_version > \"3\"'", "\"lantern>=1.4.2\"");
    Arbitrary<String> list = requirement.list().ofMaxSize(4).map(l -> "dependencies = [\n" + String.join(", # 1.4.2\n", l) + "\n]\n");
    return Combinators.combine(version, list, noise(), lines(), Arbitraries.of(true, false))
        .as((v, l, n, e, bom) -> new Made("py/pyproject.toml", n + "[project]\nname = \"lantern\"\n" + v + l + "[tool.other]\nversion = \"1.4.2\"\n", e, bom));
  }

  @Provide
  Arbitrary<Made> node() {
    Arbitrary<String> gap = Arbitraries.of("", " ", "\n  ", "\n\t", "\n\n    ");
    Arbitrary<List<String>> members =
        Arbitraries.of(
                "\"x\": {\"version\": \"1.4.2\"}",
                "\"dependencies\": {\"other\": \"1.4.2\", \"@lantern/cli\": \"^" + SITE + "\"}",
                "\"optionalDependencies\": { \"@lantern/cli-linux-x64\" : \"" + SITE + "\", \"far\": \"^1.4.2\" }",
                "\"description\": \"the \\\"1.4.2\\\" \\u00e9 灯\"",
                "\"files\": [\"1.4.2\", {\"version\": \"1.4.2\"}, 1.4, -2e5, null]",
                "\"scripts\": {\"version\": \"echo 1.4.2\"}")
            .list()
            .uniqueElements()
            .ofMaxSize(5);
    return Combinators.combine(members, gap, Arbitraries.of(":", ": ", " : "), lines(), Arbitraries.of(true, false), Arbitraries.of("", "\n", "\n\n"))
        .as(
            (m, g, colon, e, bom, end) -> {
              List<String> all = new ArrayList<>(m);
              all.add(all.size() / 2, "\"version\"" + colon + "\"" + SITE + "\"");
              all.add(0, "\"name\"" + colon + "\"@lantern/cli\"");
              return new Made("package.json", "{" + g + String.join("," + g, all) + g + "}" + end, e, bom);
            });
  }

  @Provide
  Arbitrary<Made> maven() {
    Arbitrary<String> gap = Arbitraries.of("", " ", "\n  ", "\n\t", "\n  <!-- <version>1.4.2</version> -->\n");
    Arbitrary<List<String>> members =
        Arbitraries.of(
                "<dependencies><dependency><groupId>g</groupId><artifactId>other</artifactId><version>1.4.2</version></dependency></dependencies>",
                "<build><plugins><plugin><groupId>g</groupId><artifactId>lantern</artifactId><version> " + SITE + " </version></plugin></plugins></build>",
                "<description><![CDATA[ <version>1.4.2</version> ]]></description>",
                "<properties><other.version>1.4.2</other.version></properties>",
                "<name attribute='<version>1.4.2' />".replace("'<", "'"),
                "<?keep <version>1.4.2</version>?>")
            .list()
            .uniqueElements()
            .ofMaxSize(5);
    return Combinators.combine(members, gap, lines(), Arbitraries.of("<?xml version=\"1.0\"?>\n<?note version=\"1.4.2\"?>\n", "", "<!-- 1.4.2 -->\n"), Arbitraries.of("", "\n"))
        .as(
            (m, g, e, prolog, end) -> {
              List<String> all = new ArrayList<>(m);
              all.add(all.size() / 2, "<version>" + SITE + "</version>");
              all.add(0, "<groupId>g</groupId><artifactId>lantern</artifactId>");
              return new Made("pom.xml", prolog + "<project>" + g + String.join(g, all) + g + "</project>" + end, e, false);
            });
  }

  @Provide
  Arbitrary<Made> lock() {
    Arbitrary<List<String>> packages =
        Arbitraries.of(
                "[[package]]\nname = \"lantern\"\nversion = \"" + SITE + "\"\ndependencies = [\n \"serde 1.4.2\",\n]\n",
                "[[package]]\nname = \"serde\"\nversion = \"1.4.2\"\nsource = \"registry+https://registry.example/index\"\nchecksum = \"00\"\n",
                "[[package]]\nname = \"lantern\"\nversion = \"1.4.2\"\nsource = \"git+https://host.example/lantern?rev=1#1\"\n",
                "[[package]]\nname = \"own-tool\"\nversion = \"1.4.2\"\n",
                "[metadata]\n\"checksum lantern 1.4.2 (registry)\" = \"00\"\n")
            .list()
            .uniqueElements()
            .ofMaxSize(5);
    return Combinators.combine(packages, lines()).as((p, e) -> new Made("crate/Cargo.lock", "# @generated 1.4.2\nversion = 3\n\n" + String.join("\n", p), e, false));
  }
}
