package dev.plasmite.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.Mode;
import dev.plasmite.train.Invocation;
import dev.plasmite.report.MavenLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingResult;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next command works as it is typed, whatever of the POM binds the phases. POMs are built as Maven builds them. */
class MavenCommandTest {

  private static final String COORDINATES = "<groupId>dev.plasmite</groupId><artifactId>plasmite-maven-plugin</artifactId>";
  private static final String PLUGIN = "<plugin>" + COORDINATES + "<version>1</version></plugin>";
  private static final String EXTENSION = "<plugin>" + COORDINATES + "<version>1</version><extensions>true</extensions></plugin>";

  @TempDir Path dir;
  private final DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();

  @BeforeEach
  void calledHere() {
    Properties system = new Properties();
    system.setProperty("user.dir", dir.toString());
    request.setSystemProperties(system);
  }

  @Test
  void aProfileThatBindsTheTrainIsAddedWhereItWasNotTyped() throws Exception {
    pom("<build><pluginManagement><plugins>" + PLUGIN + "</plugins></pluginManagement></build>" + profile("release", "", EXTENSION));
    assertThat(next("publish")).isEqualTo("mvn -Prelease publish");
    assertThat(next("plasmite:tag")).isEqualTo("mvn -Prelease plasmite:tag");
    request.setActiveProfiles(List.of("ci"));
    assertThat(next("publish")).isEqualTo("mvn -Pci,release publish");
    request.setActiveProfiles(List.of("release"));
    assertThat(next("publish")).isEqualTo("mvn -Prelease publish");
  }

  @Test
  void aProfileThatManagesTheExtensionElsewhereIsFoundToo() throws Exception {
    pom("<build><pluginManagement><plugins>" + EXTENSION + "</plugins></pluginManagement></build>"
            + profile("train", "", "<plugin>" + COORDINATES + "</plugin>"));
    assertThat(next("publish")).isEqualTo("mvn -Ptrain publish");
  }

  @Test
  void noProfileIsAddedWhereThePhasesAreThereWithoutOne() throws Exception {
    pom("<build><plugins>" + EXTENSION + "</plugins></build>" + profile("release", "", EXTENSION));
    assertThat(next("publish")).isEqualTo("mvn publish");
    pom(profile("release", "<activation><jdk>[11,)</jdk></activation>", EXTENSION));
    assertThat(next("publish")).isEqualTo("mvn publish");
    pom(profile("release", "<activation><activeByDefault>true</activeByDefault></activation>", EXTENSION));
    assertThat(next("publish")).isEqualTo("mvn publish");
  }

  @Test
  void aProfileThatAPropertySwitchedOnIsNamedForThePropertyIsNotTypedAgain() throws Exception {
    pom(profile("release", "<activation><property><name>shipping</name></property></activation>", EXTENSION));
    Properties user = new Properties();
    user.setProperty("shipping", "true");
    request.setUserProperties(user);
    assertThat(next("publish")).isEqualTo("mvn -Prelease publish");
  }

  @Test
  void whereNothingBindsThePhasesTheGoalsAreTyped() throws Exception {
    pom("<build><plugins>" + PLUGIN + "</plugins></build>");
    assertThat(next("perf-gate")).isEqualTo("mvn plasmite:verify-candidate plasmite:verify-alignment plasmite:perf-gate");
    assertThat(spelled("run mvn verify-alignment once more"))
        .isEqualTo("run mvn plasmite:verify-candidate plasmite:verify-alignment once more");
  }

  @Test
  void coordinatesAreTypedAgainWhereNoPomGivesAPrefix() throws Exception {
    pom("");
    request.setGoals(List.of("dev.plasmite:plasmite-maven-plugin:1:status"));
    assertThat(next("plasmite:bump")).isEqualTo("mvn dev.plasmite:plasmite-maven-plugin:1:bump");
    assertThat(spelled("type mvn plasmite:changelog")).isEqualTo("type mvn dev.plasmite:plasmite-maven-plugin:1:changelog");
  }

  @Test
  void aPomThatWasNamedIsNamedAgain() throws Exception {
    Path pom = pom("<build><plugins>" + EXTENSION + "</plugins></build>");
    request.getSystemProperties().setProperty("user.dir", dir.getParent().toString());
    assertThat(next("publish")).isEqualTo("mvn -f " + dir.getParent().relativize(pom) + " publish");
  }

  private String next(String goal) throws Exception {
    Invocation invocation = new Invocation(line(), "3", "1", request.getGoals(), false);
    return invocation.spelled("mvn " + goal, Mode.SANDBOX);
  }

  private String spelled(String text) throws Exception {
    return new Invocation(line(), "3", "1", request.getGoals(), false).spelled(text, Mode.SANDBOX);
  }

  @SuppressWarnings("deprecation") // the other constructors want a container
  private MavenLine line() throws ModelBuildingException {
    Path file = dir.resolve("pom.xml");
    ModelBuildingResult built =
        new DefaultModelBuilderFactory()
            .newInstance()
            .build(
                new DefaultModelBuildingRequest()
                    .setPomFile(file.toFile())
                    .setProcessPlugins(true)
                    .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL)
                    .setActiveProfileIds(request.getActiveProfiles())
                    .setUserProperties(request.getUserProperties())
                    .setSystemProperties(System.getProperties()));
    MavenProject project = new MavenProject(built.getEffectiveModel());
    project.setOriginalModel(built.getRawModel());
    project.setFile(file.toFile());
    request.setPom(file.toFile());
    MavenSession session = new MavenSession(null, (RepositorySystemSession) null, request, new DefaultMavenExecutionResult());
    session.setProjects(List.of(project));
    return MavenCommand.of(session, "1");
  }

  private Path pom(String inside) throws IOException {
    return Files.writeString(
        dir.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId><version>1</version>"
            + "<packaging>pom</packaging>" + inside + "</project>");
  }

  private static String profile(String id, String activation, String plugin) {
    return "<profiles><profile><id>" + id + "</id>" + activation + "<build><plugins>" + plugin + "</plugins></build></profile></profiles>";
  }
}
