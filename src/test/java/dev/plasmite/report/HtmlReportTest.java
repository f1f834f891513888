package dev.plasmite.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

  private final HtmlReport report = new HtmlReport();

  @TempDir Path dir;

  @Test
  void saysInLargeLettersWhatHasComeOfItAndWhatToType() {
    Document released = page(Samples.released());
    assertThat(released.select("h1").text())
        .isEqualTo("Released 0.3.0 in the sandbox: every channel delivers the bytes that were built");
    assertThat(released.select(".next code").text()).isEqualTo("mvn -Prelease perf-gate -Dplasmite.mode=rehearsal");
    assertThat(released.select(".verdict").hasClass("passed")).isTrue();

    Document failed = page(Samples.failed());
    assertThat(failed.select("h1").text()).startsWith("Stopped at verify-alignment in the sandbox");
    assertThat(failed.select(".verdict li").eachText()).contains("This run published nothing");
    assertThat(failed.select(".verdict").hasClass("failed")).isTrue();

    assertThat(page(Samples.inconclusive()).select(".verdict").hasClass("inconclusive")).isTrue();
  }

  @Test
  void namesNoPhaseWhereThePomHasNone() {
    Evidence e = Samples.released();
    MavenLine goals = new MavenLine("mvn", "dev.plasmite:plasmite-maven-plugin:0.1.0-SNAPSHOT", false);
    Evidence here =
        new Evidence(
            e.version(), e.tag(), e.commit(), e.mode(), e.startedAt(), e.finishedAt(), e.stages(), e.channels(), e.host(), e.ledger(), e.tool(), goals);
    String command =
        "mvn " + String.join(" ", Stream.of("verify-candidate", "verify-alignment", "perf-gate").map(goal -> goals.prefix() + ":" + goal).toList())
            + " -Dplasmite.mode=rehearsal";
    assertThat(page(here).select(".next code").text()).isEqualTo(command);
    assertThat(MarkdownReport.render(here)).contains("`" + command + "`");
    assertThat(TerminalTable.lines(here)).contains("then:     " + command);
  }

  @Test
  void theTrainStandsWhereItStoppedAndStandInsAreMarked() {
    Document page = page(Samples.failed());

    assertThat(page.select(".line li")).hasSize(7);
    assertThat(page.select(".line li.here strong").eachText()).containsExactly("verify-alignment");
    assertThat(page.select(".line li.travelled strong").eachText()).containsExactly("verify-candidate");
    assertThat(page.select(".line li .word").eachText())
        .containsExactly("passed", "failed", "skipped", "skipped", "skipped", "skipped", "skipped");
    assertThat(page.select(".line li").get(0).select(".simulated").text()).isEqualTo("simulated");
    assertThat(page.select(".line li").get(0).select("use").attr("href")).isEqualTo("#passed-simulated");
    assertThat(page.select(".line li").get(1).select(".simulated")).isEmpty();
  }

  @Test
  void findingsHavePlaceAndRemedyAndTheStopComesFirst() {
    Document page = page(Samples.failed());

    assertThat(page.select("#findings ~ h3").eachText()).containsExactly("verify-alignment", "verify-candidate");
    Element first = page.selectFirst(".findings li");
    assertThat(first.select(".what").text()).isEqualTo("lantern-native is 0.2.0 in the lock file, the release is 0.3.0");
    assertThat(first.select(".place code").text()).isEqualTo("Cargo.lock:14:12");
    assertThat(first.select(".remedy code").text()).isEqualTo("mvn plasmite:bump -DnewVersion=0.3.0");
    Elements advice = page(Samples.partlyPublished()).select(".findings .remedy");
    assertThat(advice.eachText()).contains("→ find out who published it; bytes cannot be replaced there, so release 0.3.1");
    assertThat(advice.select("code, .copyable")).as("what cannot be typed is not offered to be copied").isEmpty();
  }

  @Test
  void equalDigestsShowTheSamePictureAndOtherBytesGlareInFull() {
    for (Element row : page(Samples.released()).select(".channels tr:has(td.digest)")) {
      assertThat(row.select(".print path").eachAttr("d")).hasSize(3);
      assertThat(row.select(".print path").eachAttr("d").stream().distinct()).hasSize(1);
      assertThat(row.select("td.same")).hasSize(2);
    }

    Document partly = page(Samples.partlyPublished());
    Element npm = partly.selectFirst(".channels tr.differs");
    assertThat(npm.select("td.different code").text()).isEqualTo(Samples.sha("other"));
    assertThat(npm.select("td.built code").text()).isEqualTo(Samples.sha("lantern-0.3.0.tgz"));
    assertThat(npm.select("td.different .sign").text()).contains("OTHER BYTES");
    assertThat(partly.select(".state").eachText())
        .containsExactly("published, not delivered", "failed", "unknown", "sent, not all seen there", "planned");
  }

  @Test
  void hostileTextIsShownAndNeverRun() {
    Document page = page(Samples.hostile());

    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("script").get(0).data()).doesNotContain("alert");
    assertThat(page.select("img, iframe, object, embed, a, form, base")).isEmpty();
    assertThat(page.select("style")).hasSize(1);
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]")).hasSize(1);
    assertThat(page.select("h1").text()).contains("<script>alert(1)</script>\"'><img src=x").contains("{{{commit}}}");
    assertThat(page.getAllElements().stream().flatMap(e -> e.attributes().asList().stream()))
        .noneMatch(a -> a.getKey().startsWith("on"));
    String html = report.render(Samples.hostile(), List.of(Samples.HOSTILE));
    assertThat(html.codePoints().filter(c -> c == 0 || c == 0x1b || c == 0x202e || c == 7 || (c >= 0xd800 && c < 0xe000)))
        .isEmpty();
  }

  @Test
  void nothingIsLoadedFromAnywhereAndThePolicyAllowsOnlyThePagesOwn() throws Exception {
    Document page = page(Samples.partlyPublished());

    assertThat(page.select("[src]")).isEmpty();
    assertThat(page.select("link").eachAttr("href")).containsExactly("data:,");
    assertThat(page.select("use").eachAttr("href")).isNotEmpty().allMatch(h -> h.startsWith("#"));
    String css = page.select("style").get(0).data();
    assertThat(css).doesNotContain("url(").doesNotContain("@import").doesNotContain("{{");
    assertThat(page.select("[style]")).as("the policy would not apply them").isEmpty();
    String policy = page.select("meta[http-equiv=Content-Security-Policy]").attr("content");
    assertThat(policy)
        .startsWith("default-src 'none'")
        .contains("style-src '" + hash(css) + "'")
        .contains("script-src '" + hash(page.select("script").get(0).data()) + "'")
        .doesNotContain("unsafe");
  }

  @Test
  void isWellFormedForAStrictParser() {
    for (Evidence evidence : List.of(Samples.released(), Samples.partlyPublished(), Samples.hostile())) {
      Parser parser = Parser.htmlParser().setTrackErrors(50);
      Jsoup.parse(report.render(evidence, List.of("{\"seq\":1}")), "", parser);
      assertThat(parser.getErrors()).isEmpty();
    }
  }

  @Test
  void theTemplateEscapesEverywhere() throws IOException {
    String template = Files.readString(Path.of("src/main/resources/dev/plasmite/report/report.mustache"));

    assertThat(template).doesNotContain("{{{").doesNotContain("{{&").doesNotContain("{{=");
  }

  @Test
  void theLedgersTailIsShownWhenThereIsOne() throws IOException {
    Path file = dir.resolve("out/report.html");
    report.write(file, Samples.released(), List.of("{\"seq\":41}", "{\"seq\":42}"));

    assertThat(Jsoup.parse(Files.readString(file)).selectFirst(".ledger code").wholeText()).isEqualTo("{\"seq\":41}\n{\"seq\":42}");
    assertThat(page(Samples.released()).select(".ledger")).isEmpty();
  }

  private Document page(Evidence evidence) {
    return Jsoup.parse(report.render(evidence, List.of()));
  }

  private static String hash(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
