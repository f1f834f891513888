package dev.plasmite.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReportTest {

  private final JsonReport report = new JsonReport();

  @TempDir Path dir;

  static Stream<Evidence> runs() {
    return Stream.of(
        Samples.released(),
        Samples.releasedLive(),
        Samples.failed(),
        Samples.inconclusive(),
        Samples.partlyPublished(),
        Samples.notDelivered());
  }

  @Test
  void looksAsRecorded() {
    Golden.assertMatches("partly-published.json", report.render(Samples.partlyPublished()));
    Golden.assertMatches("released.json", report.render(Samples.released()));
  }

  @Test
  void hasThePublicShape() throws IOException {
    JsonNode json = StrictJson.mapper().readTree(report.render(Samples.failed()));

    assertThat(names(json)).contains("version", "tag", "commit", "mode", "stages", "channels");
    assertThat(json.get("stages")).hasSize(7);
    JsonNode stage = json.get("stages").get(1);
    assertThat(names(stage)).contains("name", "verdict", "seconds", "findings");
    assertThat(stage.get("name").asText()).isEqualTo("verify-alignment");
    assertThat(stage.get("verdict").asText()).isEqualTo("failed");
    assertThat(stage.get("seconds").asDouble()).isEqualTo(0.412);
    JsonNode finding = stage.get("findings").get(0);
    assertThat(names(finding)).contains("what", "file", "line", "column", "remedy");
    assertThat(finding.get("file").asText()).isEqualTo("Cargo.lock");
    assertThat(finding.get("line").asInt()).isEqualTo(14);
    assertThat(finding.get("column").asInt()).isEqualTo(12);
    JsonNode wholeFile = stage.get("findings").get(2);
    assertThat(wholeFile.get("file").isTextual()).isTrue();
    assertThat(wholeFile.get("line").isNull()).isTrue();
    assertThat(wholeFile.get("column").isNull()).isTrue();
    JsonNode skipped = json.get("stages").get(6);
    assertThat(skipped.get("verdict").asText()).isEqualTo("skipped");
    assertThat(skipped.get("findings").get(0).get("what").asText()).startsWith("not reached");
    assertThat(skipped.get("findings").get(0).get("file").isNull()).isTrue();

    JsonNode channel = StrictJson.mapper().readTree(report.render(Samples.partlyPublished())).get("channels").get(1);
    assertThat(names(channel)).contains("name", "tier", "state", "artifacts");
    assertThat(names(channel.get("artifacts").get(0)))
        .containsExactly("file", "sha256", "publishedSha256", "deliveredSha256");
    assertThat(channel.get("artifacts").get(0).get("deliveredSha256").isNull()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void readsWhatItWrote(Evidence evidence) {
    Path file = dir.resolve("deep/down/report.json");
    report.write(file, evidence);

    assertThat(report.read(file)).isEqualTo(evidence);
    assertThat(report.render(report.read(file))).isEqualTo(report.render(evidence));
  }

  @Test
  void hostileTextStaysDataAndTheFileStaysUtf8() throws IOException {
    Path file = dir.resolve("report.json");
    report.write(file, Samples.hostile());

    JsonNode json = StrictJson.mapper().readTree(Files.readString(file));
    assertThat(json.get("tag").asText()).isEqualTo(Samples.HOSTILE.replace('\ud800', '\ufffd'));
  }

  @Test
  void replacesAnOldReportWholeAndLeavesNothingBeside() throws IOException {
    Path file = dir.resolve("report.json");
    report.write(file, Samples.released());
    report.write(file, Samples.failed());

    assertThat(report.read(file)).isEqualTo(Samples.failed());
    try (Stream<Path> all = Files.list(dir)) {
      assertThat(all).containsExactly(file);
    }
    if (Files.getFileStore(dir).supportsFileAttributeView("posix")) {
      Path plain = Files.writeString(dir.resolve("plain"), "");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("readable as any file is, not the owner's only")
          .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
    }
  }

  @Test
  void aDiskThatDoesNotTakeItIsSaidAndNothingIsLeft() throws IOException {
    Path occupied = Files.createDirectories(dir.resolve("report.json/child")).getParent();

    assertThatThrownBy(() -> report.write(occupied, Samples.released()))
        .isInstanceOf(OutsideFailure.class)
        .hasMessageContaining("cannot write");
    try (Stream<Path> all = Files.list(dir)) {
      assertThat(all).containsExactly(occupied);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "\"version\": \"0.3.0\" ~ \"version\": 3 ~ not a report",
        "\"version\": \"0.3.0\" ~ \"version\": null ~ version is null",
        "\"version\": \"0.3.0\" ~ \"version\": \"0.3.0\", \"version\": \"9\" ~ not a report",
        "\"version\": \"0.3.0\", ~ `` ~ not a report",
        "\"version\": \"0.3.0\" ~ \"version\": \"0.3.0\", \"extra\": 1 ~ not a report",
        "\"mode\": \"live\" ~ \"mode\": \"LIVE\" ~ mode is LIVE, which is none of sandbox, rehearsal, live",
        "\"verdict\": \"failed\" ~ \"verdict\": \"ok\" ~ stages[5].verdict is ok",
        "\"verdict\": \"failed\" ~ \"verdict\": \"passed\" ~ stages[5].verdict is passed over findings that block",
        "\"name\": \"publish\" ~ \"name\": \"perf-gate\" ~ stages are [",
        "\"seconds\": 48.6 ~ \"seconds\": -1 ~ stages[5].seconds is -1.0",
        "\"seconds\": 48.6 ~ \"seconds\": \"48.6\" ~ not a report",
        "\"simulated\": false ~ \"simulated\": true ~ stages[0].simulated",
        "\"simulated\": false ~ \"simulated\": 0 ~ not a report",
        "\"file\": \"lantern-0.3.0.crate\" ~ \"file\": null ~ channels[0].artifacts[0].file is null",
        "\"line\": null ~ \"line\": 3 ~ has a line without a file",
        "\"line\": null ~ \"line\": 1.5 ~ not a report",
        "\"state\": \"sent\" ~ \"state\": \"there\" ~ channels[3].state is there",
        "\"sha256\": \" ~ \"sha256\": \"A ~ channels[0].artifacts[0].sha256 is A",
        "\"commit\": \"9f ~ \"commit\": \"zz ~ commit is zz",
        "\"startedAt\": \"2026 ~ \"startedAt\": \"yesterday ~ startedAt is yesterday",
        "\"outcome\": \"stopped\" ~ \"outcome\": \"released\" ~ outcome is released"
      })
  void refusesAReportThatWasEdited(String from, String to, String says) throws IOException {
    String text = report.render(Samples.partlyPublished());
    assertThat(text).contains(from);
    int at = text.indexOf(from);
    String edited = text.substring(0, at) + to + text.substring(at + from.length());
    Path file = Files.writeString(dir.resolve("report.json"), edited);

    Refusal refusal = catchThrowableOfType(Refusal.class, () -> report.read(file));
    assertThat(refusal).hasMessageContaining(says).hasMessageContaining("report.json");
    assertThat(refusal.findings()).allSatisfy(f -> assertThat(f.remedy()).contains("run the train again"));
  }

  @Test
  void refusesTrailingTextNoUtf8AndNoFile() throws IOException {
    Path file = dir.resolve("report.json");
    assertThatThrownBy(() -> report.read(file)).isInstanceOf(Refusal.class).hasMessageContaining("no report here");
    for (String text : List.of("", "null", "[]", "{", report.render(Samples.released()) + "{}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> report.read(file)).as(text).isInstanceOf(Refusal.class).hasMessageContaining("not a report");
    }
    Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
    assertThatThrownBy(() -> report.read(file)).isInstanceOf(Refusal.class).hasMessageContaining("not UTF-8");
  }

  @Test
  void saysAllThatIsWrongAtOnce() throws IOException {
    String text =
        report.render(Samples.released())
            .replace("\"mode\": \"sandbox\"", "\"mode\": \"dry\"")
            .replace("\"name\": \"provenance\"", "\"name\": \"trust\"")
            .replace("\"state\": \"delivered\"", "\"state\": \"done\"");
    Path file = Files.writeString(dir.resolve("report.json"), text);

    Refusal refusal = catchThrowableOfType(Refusal.class, () -> report.read(file));
    assertThat(refusal.findings()).hasSize(8); // mode, name, the list of stages, five states
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
