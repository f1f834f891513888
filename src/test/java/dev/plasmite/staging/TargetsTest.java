package dev.plasmite.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plasmite.artifact.Target;
import dev.plasmite.artifact.Targets;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

  static final String JSON =
      """
      {"schema_version": 1, "targets": [
        {"rust_target": "x86_64-unknown-linux-gnu", "runner": "ubuntu-latest", "sdk_platform": "linux_amd64",
         "node_platform": "linux-x64", "build_sdk": true, "upload_sdist": true, "upload_wheel": false,
         "channels": {"github_sdk": "official", "homebrew": "official", "npm": "official", "pypi": null,
           "cargo_binstall": "preview"}},
        {"rust_target": "x86_64-pc-windows-msvc", "runner": "windows-latest", "sdk_platform": "windows_amd64",
         "node_platform": "win32-x64", "build_sdk": false, "upload_sdist": false, "upload_wheel": true,
         "channels": {"github_sdk": null, "homebrew": null, "npm": "preview", "pypi": "preview",
           "cargo_binstall": null}}
      ]}
      """;

  static final String DOCUMENT =
      """
      # Distribution

      Preview platforms:
      - Windows: `x86_64-pc-windows-msvc`

      Official platforms:

      - Linux:
        `x86_64-unknown-linux-gnu`

      Not currently targeted:
      - `aarch64-unknown-linux-gnu`

      | Channel | Tier |
      | --- | --- |
      | npm | `official` |
      | cargo-binstall (programs) | `preview` (`x86_64-unknown-linux-gnu`) |
      """;

  @TempDir Path temp;

  private static Targets parse(String json) {
    return Targets.parse(json.getBytes(StandardCharsets.UTF_8), "release/targets.json");
  }

  private java.util.List<Finding> drift(String document) throws IOException {
    Path file = Files.writeString(temp.resolve("distribution.md"), document);
    return new Distribution(parse(JSON), "release/targets.json").drift(file);
  }

  @Test
  void areRead() {
    Targets targets = parse(JSON);
    assertThat(targets.targets()).hasSize(2);
    assertThat(targets.of("win32-x64")).map(Target::sdkPlatform).hasValue("windows_amd64");
    assertThat(targets.targets().get(0).channels()).doesNotContainKey("pypi").containsEntry("npm", Target.Tier.OFFICIAL);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "\"schema_version\": 1           | \"schema_version\": 2              | schema_version",
      "\"cargo_binstall\": \"preview\" | \"cargo_binstall\": \"alpha\"      | not official, preview or null",
      "\"cargo_binstall\": \"preview\" | \"cargo_binstal\": \"preview\"     | unknown field",
      "\"pypi\": null,                 |                                    | 'targets[0].channels.pypi' is missing",
      "x86_64-pc-windows-msvc          | x86_64-unknown-linux-gnu           | two targets have the rust_target",
      "\"windows_amd64\"               | \"linux_amd64\"                    | two targets have the sdk_platform",
      "\"win32-x64\"                   | \"linux-x64\"                      | two targets have the node_platform",
      "\"win32-x64\"                   | \"win32-arm64\"                    | must mean the same platform",
      "\"win32-x64\"                   | \"solaris-sparc\"                  | must mean the same platform",
      "\"windows_amd64\"               | \"solaris_sparc\"                  | must mean the same platform",
      "x86_64-unknown-linux-gnu        | x86_64-unknwon-linx-gnu            | must mean the same platform",
      "\"upload_sdist\": false         | \"upload_sdist\": true             | several targets upload the one source distribution",
      "\"windows-latest\"              | \"macos-latest\"                   | is of another system",
      "\"build_sdk\": true             | \"build_sdk\": false               | build_sdk is false",
      "\"build_sdk\": true             | \"build_sdk\": \"yes\"             | must be true or false",
      "\"upload_wheel\": true          | \"upload_wheel\": false            | channels.pypi is preview",
      "\"upload_wheel\": false         | \"upload_wheel\": true             | channels.pypi is null",
      "\"runner\": \"ubuntu-latest\"   | \"runner\": \"ubuntu latest$(id)\" | is no identifier",
  })
  void refuseWhatMakesNoSense(String from, String to, String what) {
    String changed = JSON.replace(from.strip(), to == null ? "" : to.strip());
    assertThat(changed).isNotEqualTo(JSON);
    assertThatThrownBy(() -> parse(changed)).isInstanceOf(Refusal.class).hasMessageContaining(what);
  }

  @Test
  void aTargetForNothingIsRefused() {
    String changed =
        JSON.replace("\"npm\": \"preview\", \"pypi\": \"preview\"", "\"npm\": null, \"pypi\": null")
            .replace("\"upload_wheel\": true", "\"upload_wheel\": false");
    assertThatThrownBy(() -> parse(changed)).hasMessageContaining("nothing is built for it, and no channel carries it");
  }

  @Test
  void anEmptyListIsRefused() {
    assertThatThrownBy(() -> parse("{\"schema_version\": 1, \"targets\": []}")).hasMessageContaining("is an empty list");
  }

  @Test
  void aDocumentThatIsNotThereIsDrift() {
    assertThat(new Distribution(parse(JSON), "release/targets.json").drift(temp.resolve("gone.md")))
        .singleElement().satisfies(f -> assertThat(f.toString()).contains("docs/record/distribution.md", "there is no such document"));
  }

  @Test
  void aDocumentThatSaysTheSameHasNoDrift() throws IOException {
    assertThat(drift(DOCUMENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "- Windows: `x86_64-pc-windows-msvc`    | - Windows                                | lacks x86_64-pc-windows-msvc",
      "- Windows: `x86_64-pc-windows-msvc`    | - Windows: `aarch64-pc-windows-msvc`     | names aarch64-pc-windows-msvc",
      "Preview platforms:                     | Soon:                                    | there is no list of preview platforms",
      "(`x86_64-unknown-linux-gnu`)           | (`x86_64-apple-darwin`)                  | cargo_binstall (preview) names x86_64-apple-darwin",
      "  `x86_64-unknown-linux-gnu`           | `x86_64-unknown-linux-musl`              | lacks x86_64-unknown-linux-gnu",
  })
  void driftIsFoundWithItsLine(String from, String to, String what) throws IOException {
    String changed = DOCUMENT.replace(from.strip(), to == null ? "" : to.strip());
    assertThat(changed).isNotEqualTo(DOCUMENT);
    assertThat(drift(changed)).anySatisfy(f -> assertThat(f.toString()).contains("docs/record/distribution.md", what));
  }
}
