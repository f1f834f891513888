package dev.plasmite;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The house: arrows only point down, no stage knows another, only the front door knows Maven. */
@AnalyzeClasses(packages = "dev.plasmite", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  /** From the roof to the ground; rooms of one floor do not know each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("mojo"),
          List.of("train"),
          List.of("candidate", "alignment", "perf", "staging", "provenance", "publishing", "delivery"),
          List.of("sandbox"),
          List.of("channel"),
          List.of("report"),
          List.of("manifest"),
          List.of("artifact"),
          List.of("git", "github", "client"),
          List.of("gate"),
          List.of("version", "json"));

  @ArchTest
  static final ArchRule arrowsPointDown = layers();

  @ArchTest
  static final ArchRule onlyTheFrontDoorKnowsMaven =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.plasmite.mojo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.maven..");

  private static ArchRule layers() {
    var architecture = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (List<String> floor : FLOORS) {
      for (String room : floor) {
        architecture = architecture.layer(room).definedBy("dev.plasmite." + room + "..");
      }
    }
    for (int i = 0; i < FLOORS.size(); i++) {
      String[] above = FLOORS.subList(0, i).stream().flatMap(List::stream).toArray(String[]::new);
      for (String room : FLOORS.get(i)) {
        architecture =
            above.length == 0
                ? architecture.whereLayer(room).mayNotBeAccessedByAnyLayer()
                : architecture.whereLayer(room).mayOnlyBeAccessedByLayers(above);
      }
    }
    return architecture;
  }
}
