package dev.plasmite.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.StageName;
import dev.plasmite.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportTest {

  private static final List<Extension> GITHUB = List.of(TablesExtension.create(), AutolinkExtension.create());

  @TempDir Path dir;

  @Test
  void looksAsRecorded() {
    Golden.assertMatches("released.md", MarkdownReport.render(Samples.released()));
    Golden.assertMatches("partly-published.md", MarkdownReport.render(Samples.partlyPublished()));
    Golden.assertMatches("failed.md", MarkdownReport.render(Samples.failed()));
  }

  @Test
  void aMarkdownReaderSeesTheTables() {
    Document page = html(MarkdownReport.render(Samples.partlyPublished()));

    assertThat(page.select("table")).hasSize(2);
    assertThat(page.select("table").get(0).select("tbody tr")).hasSize(7);
    assertThat(page.select("table").get(1).select("tbody tr")).hasSize(7);
    assertThat(page.select("h2").text()).contains("Stopped at publish: npm holds other bytes");
    assertThat(page.select("table").get(1).text()).contains("other bytes");
  }

  @Test
  void hostileTextStaysText() {
    Document page = html(MarkdownReport.render(Samples.hostile()));

    assertThat(page.select("script, img, a, style")).isEmpty();
    assertThat(page.select("strong").eachText())
        .containsOnly("What now?", "error", "cannot tell", "warning", "simulated", "other bytes");
    assertThat(page.select("h2").text())
        .contains("<script>alert(1)</script>\"'><img src=x onerror=alert(2)> `{{{commit}}}` ${x} | a\\|b \\u{1b}[31m");
    assertThat(page.select("table").get(1).select("tbody tr")).hasSize(2);
    page.select("table").get(1).select("tbody tr").forEach(row -> assertThat(row.select("td")).hasSize(5));
    assertThat(page.text()).contains("@someone #1 </style></title><!-- ]]> &amp;");
  }

  @Test
  void nothingBecomesALinkOrAMention() {
    for (String text :
        List.of("https://evil.example", "HTTP://evil.example", "WWW.evil.example", "a@evil.example", "xmpp:a@evil.example/b")) {
      Document page = html("x " + Markdown.text(text) + " y");
      assertThat(page.select("a")).as(text).isEmpty();
      assertThat(page.text()).isEqualTo("x " + text + " y");
    }
    // GitHub looks for these in the text of the page: it must be in two pieces.
    for (String text : List.of("@someone", "#1", ":rocket:")) {
      assertThat(html("x " + Markdown.text(text)).selectFirst("p").childNodes().toString()).doesNotContain(text);
    }
  }

  @Test
  void codeIsCodeWhateverIsInIt() {
    for (String text : List.of("a", "`", "``a`", "a`` `b`", "x_y*z*", "<b>", "\\", "a\\")) {
      Document page = html("x " + Markdown.code(text) + " y");
      assertThat(page.select("code").eachText()).as(text).containsExactly(text);
    }
    assertThat(html("| a |\n|---|\n| " + Markdown.code("p|q") + " |").select("td code").eachText()).containsExactly("p|q");
  }

  @Test
  void thousandsOfFindingsStayAShortSummary() {
    StageEvidence stage =
        new StageEvidence(
            StageName.VERIFY_ALIGNMENT,
            Verdict.FAILED,
            Duration.ZERO,
            Collections.nCopies(10_000, Finding.of("drift ".repeat(1000))),
            Map.of());
    String text = MarkdownReport.render(Samples.evidence(Samples.failed().mode(), List.of(stage), List.of()));

    assertThat(text.length()).isLessThan(50_000);
    assertThat(text).contains("- and " + (10_000 - MarkdownReport.FINDINGS_OF_A_STAGE) + " more in report.html");
  }

  @Test
  void addsToTheSummaryOfAJobAndOnlyThere() throws IOException {
    Path file = Files.writeString(dir.resolve("summary.md"), "before\n");

    assertThat(MarkdownReport.appendToJobSummary(Map.of("GITHUB_STEP_SUMMARY", file.toString()), Samples.released()))
        .isTrue();
    assertThat(Files.readString(file)).startsWith("before\n## ").contains("Released 0.3.0");
    assertThat(MarkdownReport.appendToJobSummary(Map.of(), Samples.released())).isFalse();
    assertThatThrownBy(
            () -> MarkdownReport.appendToJobSummary(Map.of("GITHUB_STEP_SUMMARY", dir.toString()), Samples.released()))
        .isInstanceOf(OutsideFailure.class);
  }

  private static Document html(String markdown) {
    return Jsoup.parse(
        HtmlRenderer.builder().extensions(GITHUB).build().render(Parser.builder().extensions(GITHUB).build().parse(markdown)));
  }
}
