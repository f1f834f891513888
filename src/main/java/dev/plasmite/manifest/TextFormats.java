package dev.plasmite.manifest;

import static dev.plasmite.manifest.Naming.ending;
import static dev.plasmite.manifest.Naming.named;
import static dev.plasmite.manifest.TextFormat.V;

import dev.plasmite.manifest.Manifest.Ecosystem;
import dev.plasmite.manifest.Manifest.Rule;
import dev.plasmite.version.Spelling;
import java.util.List;
import java.util.Set;

/** The text formats that are known by a file's name, each after its tool's own documentation. */
final class TextFormats {

  /** Before a version of Python: it stays (PEP 440). */
  private static final String EPOCH = "(?:[0-9]+!)?";

  private static final String QUOTED = "[uU]?[\"']" + V + "[\"']";

  /** In the arguments of {@code setup(...)}, on its line: those of other calls are about something else. */
  private static final String SETUP = "\\bsetup[ \\t]*\\((?:[^\\n]*?[(,])?[ \\t]*";
  private static final String PY_QUOTED = "[uU]?[\"']" + EPOCH + V + "[\"']";
  private static final String ASSIGNED = "[ \\t]*(?::[ \\t]*[\\w.\\[\\]]+[ \\t]*)?=[ \\t]*(?:\\w+[ \\t]*=[ \\t]*)*\\(?" + PY_QUOTED;

  /** Before a key of a dictionary, such as one that is unpacked into {@code setup(**...)}. */
  private static final String DICTIONARY = "(?:^[ \\t]+|[{,][ \\t]*)[\"']";

  /** Names of versions that are hardly the product's begin otherwise. */
  private static final String NO_OTHER = "(?!\\w*(?:min|max|api|abi|protocol|schema|format|wire|file|spec|required|compat|server|client))";

  /** From the head of a section to one of its keys. */
  private static String key(String section, String key) {
    // Possessive: a repetition that can go back takes a stack frame a line.
    return "^\\[" + section + "\\][^\\n]*\\n(?:(?!\\[|" + key + "[ \\t]*[=:])[^\\n]*\\n)*+" + key + "[ \\t]*[=:][ \\t]*";
  }

  /** The name of a CMake project, in group {@code n}. */
  static final String CMAKE_NAME = "^[ \\t]*(?i:project)[ \\t]*\\([ \\t]*\"?(?<n>[\\w.+-]+)";

  private TextFormats() {}

  static List<Format> all() {
    return List.of(
        new TextFormat("VERSION", Spelling.SEMVER, false, named("VERSION", "VERSION.txt", "version.txt", ".version"))
            .version("the file's version", "\\A\\uFEFF?\\s*v?" + V + "\\s*\\z"),
        new TextFormat(
                "__version__",
                Spelling.PEP440,
                false,
                named("__init__.py", "__about__.py", "about.py"))
            .version("__version__", "^(?:__version__|VERSION)" + ASSIGNED)
            .also(VersionParts.python()::read),
        new TextFormat("version module", Spelling.PEP440, false, named("__version__.py", "_version.py", "version.py"))
            .version("version of the Python package", "^(?:__version__|VERSION|version)" + ASSIGNED)
            .also(VersionParts.python()::read),
        new TextFormat("setup.py", Spelling.PEP440, false, named("setup.py"))
            .named(Ecosystem.PYTHON, "(?:(?:^[ \\t]+|" + SETUP + ")name[ \\t]*=|" + DICTIONARY + "name[\"'][ \\t]*:)[ \\t]*[\"'](?<n>[^\"']+)[\"']")
            .version("version of the Python package", "(?:^[ \\t]+|" + SETUP + ")version[ \\t]*=[ \\t]*" + PY_QUOTED)
            .versionWhere("\\bsetup[ \\t]*\\(\\s*\\*\\*", "version of the Python package", DICTIONARY + "version[\"'][ \\t]*:[ \\t]*" + PY_QUOTED)
            .reference(Ecosystem.PYTHON, Rule.OWN, Site.Form.REQUIREMENT, "[\"'](?<n>[A-Za-z0-9][\\w.-]*)(?:\\[[^\\]\"']*\\])?[ \\t]*(?<v>==[ \\t]*[0-9][\\w.+!-]*)(?=[ \\t]*[;\"'])")
            .version("version of the Python package", "^(?:__version__|VERSION|version)" + ASSIGNED),
        new TextFormat("Conan recipe", Spelling.SEMVER, true, named("conanfile.py"))
            .version("version of the Conan package", "^[ \\t]+version" + ASSIGNED),
        new TextFormat("version.rb", Spelling.RUBYGEMS, false, named("version.rb"))
            .version("VERSION of the gem", "^[ \\t]*(?:\\w+::)*VERSION[ \\t]*=[ \\t]*" + QUOTED)
            .also(VersionParts.ruby()::read),
        new TextFormat("version source", Spelling.SEMVER, true, named("version.go", "version.ts", "version.js", "version.mjs", "version.dart"))
            .version(
                "constant of the product's version",
                "^[ \\t]*(?:(?:export|const|final|var|let|static|String)[ \\t]+)*(?i:" + NO_OTHER + "[a-z_]*version)[ \\t]*(?:(?::[ \\t]*)?string[ \\t]*)?:?=[ \\t]*[\"'`]v?" + V + "[\"'`]"),
        new TextFormat("setup.cfg", Spelling.PEP440, false, named("setup.cfg"))
            .named(Ecosystem.PYTHON, key("metadata", "name") + "(?<n>\\S+)")
            .version("version of the Python package", key("metadata", "version") + EPOCH + V + "[ \\t]*\\r?$")
            .version("version that the bumping tool knows", key("bumpversion", "current_version") + V + "[ \\t]*\\r?$")
            .reference(Ecosystem.PYTHON, Rule.OWN, Site.Form.REQUIREMENT, "^(?:[ \\t]+|install_requires[ \\t]*[=:][ \\t]*)(?<n>[A-Za-z0-9][\\w.-]*)[ \\t]*(?:\\[[^\\]\\n]*\\])?[ \\t]*(?<v>==[ \\t]*[0-9][\\w.+!-]*)(?=[ \\t]*(?:;[^\\n]*)?\\r?$)"),
        new TextFormat("bumpversion", Spelling.SEMVER, true, named(".bumpversion.cfg", ".bumpversion.toml"))
            .version("version that the bumping tool knows", "^current_version[ \\t]*=[ \\t]*[\"']?" + V + "[\"']?[ \\t]*$"),
        cmake(),
        new TextFormat("gradle.properties", Spelling.MAVEN, false, named("gradle.properties"))
            .version("version of the Gradle project", "^(?:version|VERSION|VERSION_NAME|projectVersion|project\\.version)[ \\t]*[=:][ \\t]*" + V + "[ \\t]*\\r?$"),
        new TextFormat(
                "Gradle build", Spelling.MAVEN, false, ending(".gradle", ".gradle.kts"))
            .named(Ecosystem.MAVEN, "^[ \\t]*(?:project\\.)?group[ \\t]*=?[ \\t]*[\"'](?<n>[\\w.-]+)[\"']")
            .reference(Ecosystem.MAVEN, Rule.OWN_AND_CURRENT, Site.Form.VERSION, "[\"'](?<n>[\\w.-]+):[\\w.-]+:" + V + "[\"'@:]")
            .version("version of the Gradle project", "(?:^|[{;])[ \\t]*(?:project\\.)?version[ \\t]*=?[ \\t]*" + QUOTED)
            .version("version of the Gradle project where nothing else is said", "^[ \\t]*(?:project\\.)?version[ \\t]*=[^\\n]*\\?:[ \\t]*" + QUOTED)
            .variable(
                "value that the Gradle project's version is",
                "^[ \\t]*(?:project\\.)?version[ \\t]*(?:=[ \\t]*)?(?:(?:project|rootProject)\\.)?(?:ext\\.)?(?<n>\\w+)[ \\t]*\\r?$",
                "^[ \\t]*(?:(?:def|val|var|ext\\.|String)[ \\t]*)?\\b(?<n>\\w+)[ \\t]*(?:=[ \\t]*|by[ \\t]+extra[ \\t]*\\()" + QUOTED)
            .value("versionName of the Android app", "^[ \\t]*versionName[ \\t]*=?[ \\t]*" + QUOTED)
            .reference(Ecosystem.MAVEN, Rule.OWN, Site.Form.VERSION, "[\"'](?<n>[\\w.-]+:[\\w.-]+):" + V + "[\"'@:]"),
        new TextFormat("build.sbt", Spelling.MAVEN, false, ending(".sbt"))
            .version("version of the sbt project", "(?:^|[(,])[ \\t]*(?:ThisBuild[ \\t]*/[ \\t]*)?version(?:[ \\t]+in[ \\t]+ThisBuild)?[ \\t]*:=[ \\t]*" + QUOTED)
            .variable(
                "value that the sbt project's version is",
                "\\bversion[ \\t]*:=[ \\t]*(?<n>\\w+)\\b",
                "^[ \\t]*(?:lazy[ \\t]+)?val[ \\t]+(?<n>\\w+)[ \\t]*=[ \\t]*" + QUOTED),
        new TextFormat("mix.exs", Spelling.SEMVER, false, named("mix.exs"))
            .version("version of the Elixir project", "(?:^[ \\t]*(?:@version[ \\t]+|version:[ \\t]*)|\\bapp:[ \\t]*:\\w+,[ \\t]*version:[ \\t]*)" + QUOTED),
        new TextFormat("build.zig.zon", Spelling.SEMVER, false, named("build.zig.zon"))
            .version("version of the Zig package", "(?:^|[{,])[ \\t]*\\.version[ \\t]*=[ \\t]*" + QUOTED),
        new TextFormat("MODULE.bazel", Spelling.SEMVER, false, named("MODULE.bazel"))
            .named(Ecosystem.BAZEL, "^module\\([^)]*?\\bname[ \\t]*=[ \\t]*\"(?<n>[^\"]+)\"")
            .version("version of the Bazel module", "^module\\([^)]*?\\bversion[ \\t]*=[ \\t]*" + QUOTED)
            .reference(Ecosystem.BAZEL, Rule.OWN, Site.Form.VERSION, "^bazel_dep\\([^)]*?\\bname[ \\t]*=[ \\t]*\"(?<n>[^\"]+)\"[^)]*?\\bversion[ \\t]*=[ \\t]*" + QUOTED),
        new TextFormat("go.mod", Spelling.SEMVER, false, named("go.mod"))
            .named(Ecosystem.GO, "^module[ \\t]+\"?(?<n>[^\\s\"]+)")
            .reference(Ecosystem.GO, Rule.OWN_AND_CURRENT, Site.Form.VERSION, "^(?:require[ \\t]+|[ \\t]+)(?<n>[^\\s()]+)[ \\t]+v" + V + "(?:[ \\t]*//.*)?\\r?$"),
        new TextFormat("meson.build", Spelling.SEMVER, false, named("meson.build"))
            .version("version of the Meson project", "^project\\([^)]*?\\bversion[ \\t]*:[ \\t]*" + QUOTED),
        new TextFormat("DESCRIPTION", Spelling.NUMBERS, true, named("DESCRIPTION"))
            .version("version of the R package", "^Version:[ \\t]*(?<v>[0-9]+(?:\\.[0-9]+){1,2})(?:\\.(?!9[0-9]{3})[0-9]+)?[ \\t]*\\r?$"),
        new TextFormat("requirements", Spelling.PEP440, true, new Naming(Set.of(), Set.of(".txt"), "requirements"))
            .reference(Ecosystem.PYTHON, Rule.OWN_AND_CURRENT, Site.Form.REQUIREMENT, "^[ \\t]*(?<n>[A-Za-z0-9][\\w.-]*)(?:\\[[^\\]\\n]*\\])?[ \\t]*(?<v>==[ \\t]*[0-9][\\w.+!-]*)(?=[ \\t]*(?:[;#\\\\][^\\n]*)?\\r?$)"),
        new TextFormat("Cabal file", Spelling.NUMBERS, true, ending(".cabal")).version("version of the Haskell package", "^(?i:version)[ \\t]*:[ \\t]*(?<v>[0-9]+(?:\\.[0-9]+){1,2})[ \\t]*\\r?$"),
        new TextFormat("dune-project", Spelling.SEMVER, true, named("dune-project")).version("version of the OCaml project", "^[ \\t]*\\([ \\t]*version[ \\t]+\"?" + V + "\"?[ \\t]*\\)"),
        new TextFormat("TOML project", Spelling.SEMVER, true, named("Project.toml", "gleam.toml")).version("version of the project", "\\A(?:(?!\\[|version[ \\t]*=)[^\\n]*\\n)*+version[ \\t]*=[ \\t]*" + QUOTED),
        new TextFormat("version header", Spelling.SEMVER, true, named("version.h", "version.hpp", "version.hh"))
            .version("constant of the product's version", "^[ \\t]*#[ \\t]*define[ \\t]+(?i:" + NO_OTHER + "\\w*version(?:_str|_string)?)[ \\t]+\"v?" + V + "\""),
        new TextFormat("AssemblyInfo", Spelling.NUMBERS, true, named("AssemblyInfo.cs", "SharedAssemblyInfo.cs", "GlobalAssemblyInfo.cs", "AssemblyInfo.fs", "AssemblyInfo.vb"))
            .version("version of the assembly", "^[ \\t]*[\\[<][ \\t<]*[Aa]ssembly:[ \\t]*(?:System\\.Reflection\\.)?Assembly(?:File)?Version(?:Attribute)?[ \\t]*\\([ \\t]*\"(?<v>[0-9]+(?:\\.[0-9]+){2})(?:\\.[0-9*]+)?\""),
        new TextFormat("Apple bundle", Spelling.NUMBERS, true, new Naming(Set.of("Info.plist"), Set.of(".xcconfig"), ""))
            .version("version of the bundle", "(?:<key>CFBundle(?:ShortVersionString|Version)</key>\\s*<string>|^[ \\t]*(?:MARKETING_VERSION|CURRENT_PROJECT_VERSION)[ \\t]*=[ \\t]*)(?<v>[0-9]+(?:\\.[0-9]+){2})(?=</string>|[ \\t]*(?:;|//|\\r?$))"),
        new TextFormat("Conda recipe", Spelling.PEP440, true, named("meta.yaml"))
            .version("version of the Conda package", "^package:[ \\t]*\\r?\\n(?:(?![ \\t]+version:)[ \\t#][^\\n]*\\n)*+[ \\t]+version:[ \\t]*[\"']?" + V + "[\"']?[ \\t]*\\r?$")
            .version("version of the Conda package", "^\\{%-?[ \\t]*set[ \\t]+version[ \\t]*=[ \\t]*" + QUOTED),
        new TextFormat("Makefile", Spelling.SEMVER, true, named("Makefile", "GNUmakefile", "makefile", "Justfile", "justfile"))
            .version("VERSION of the build", "^(?:export[ \\t]+)?[A-Z_]*VERSION[ \\t]*[:?]?=[ \\t]*[\"']?" + V + "[\"']?[ \\t]*\\r?$"),
        new TextFormat("Nix expression", Spelling.SEMVER, true, ending(".nix"))
            .version("version of the Nix package", "(?:^|[{;])[ \\t]*(?:\\w+\\.)?version[ \\t]*=[ \\t]*\"" + V + "\"[ \\t]*;"));
  }

  /** {@code project(... VERSION x)}, or the variable that is named there. */
  private static TextFormat cmake() {
    String project = "^[ \\t]*(?i:project)[ \\t]*\\((?:\"[^\"]*\"|#[^\\n]*\\n|(?!\\b(?i:VERSION)\\s)[^()\"#])*+\\b(?i:VERSION)\\s+";
    return new TextFormat("CMakeLists.txt", Spelling.NUMBERS, false, named("CMakeLists.txt"))
        .named(Ecosystem.CMAKE, CMAKE_NAME)
        .reference(
            Ecosystem.CMAKE,
            Rule.OWN_AND_CURRENT,
            Site.Form.VERSION,
            "^[ \\t]*(?i:find_package)[ \\t]*\\([ \\t]*(?<n>[\\w.+-]+)\\s+(?<v>[0-9]+(?:\\.[0-9]+){1,2})(?=[\\s)])")
        .version("version of the CMake project", project + "\"?(?<v>[0-9]+(?:\\.[0-9]+){1,2})(?:\\.[0-9]+)?\"?(?=[\\s)])")
        .variable(
            "version variable of the CMake project",
            project + "\"?\\$\\{(?<n>\\w+)\\}",
            "^[ \\t]*(?i:set)[ \\t]*\\([ \\t]*(?<n>\\w+)\\s+\"?(?<v>[0-9]+(?:\\.[0-9]+){1,2})\"?(?=[\\s)])")
        .value("version variable of the CMake project", "^[ \\t]*(?i:set)[ \\t]*\\([ \\t]*(?:CMAKE_)?PROJECT_VERSION\\s+\"?(?<v>[0-9]+(?:\\.[0-9]+){2})\"?(?=[\\s)])")
        .weakVariable(
            "version variable of the CMake project's library",
            "\\b(?i:set_target_properties)[ \\t]*\\([^)]*\\bVERSION\\s+\"?\\$\\{(?<n>\\w+)\\}",
            "^[ \\t]*(?i:set)[ \\t]*\\([ \\t]*(?<n>\\w+)\\s+\"?(?<v>[0-9]+(?:\\.[0-9]+){2})\"?(?=[\\s)])")
        .also(new CMakeParts(project)::read);
  }
}
