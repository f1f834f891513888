package dev.plasmite.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.gate.LockstepPlan;
import dev.plasmite.version.SemVer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each format beside a product at 1.4.2 that owns cargo {@code lantern}, npm {@code @lantern/cli}, Python {@code
 * lantern} and Maven {@code g:lantern}. In each text {@code «...»} is a site, and what is in it is what it says after
 * a bump to 1.5.0-rc.1; every other 1.4.2 has to stay.
 */
class FormatsTest {

  private static final Map<String, String> PRODUCT =
      Map.of(
          "Cargo.toml", "[package]\nname = \"lantern\"\nversion = \"1.4.2\"\n",
          "node/package.json", "{\"name\": \"@lantern/cli\", \"version\": \"1.4.2\"}",
          "py/pyproject.toml", "[project]\nname = \"lantern\"\nversion = \"1.4.2\"\n",
          "java/pom.xml", "<project><groupId>g</groupId><artifactId>lantern</artifactId><version>1.4.2</version></project>",
          "go/lantern/go.mod", "module host.example/lantern/go\n\ngo 1.22\n",
          "dart/lantern/pubspec.yaml", "name: lantern\nversion: 1.4.2\n",
          "dyn/pyproject.toml", "[project]\nname = \"dyn\"\ndynamic = [\"version\"]\n",
          "dyn/src/dyn/__init__.py", "__version__ = \"1.4.2\"\n",
          "c/CMakeLists.txt", "project(lantern-c VERSION ${V})\n",
          "MODULE.bazel", "module(name = \"lantern\", version = \"1.4.2\")\n");

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of("x/setup.py", "from setuptools import setup\nsetup(\n    name='lantern',\n    version='«1.5.0rc1»',\n    install_requires=['a==1.4.2'],\n)\n"),
        Arguments.of("x/setup.py", "from setuptools import setup\nsetup(name=\"x\", version=\"«1.5.0rc1»\", install_requires=[\"Lantern[a]==«1.5.0rc1»; python_version>'3'\", \"z==1.4.2\"])\n"),
        Arguments.of("x/CMakeLists.txt", "PROJECT( lantern\n  DESCRIPTION \"v (1.4.2)\"\n  VERSION «1.5.0».0)\n"),
        Arguments.of("examples.c/CMakeLists.txt", "project(e)\nfind_package(lantern-c «1.5.0» REQUIRED)\nfind_package(z 1.4.2 REQUIRED)\n"),
        Arguments.of("x/version.rb", "module X\n  VERSION = \"«1.5.0.rc.1»\".freeze\nend\n"),
        Arguments.of("x/version.ts", "export const PROTOCOL_VERSION = \"1.4.2\";\nconst minServerVersion = '1.4.2';\nexport const VERSION = \"«1.5.0-rc.1»\";\n"),
        Arguments.of("x/setup.py", "from setuptools import setup\next = Extension(\"_z\", version=\"1.4.2\", name=\"z\")\nsetup(name=\"x\", version=\"«1.5.0rc1»\")\n"),
        Arguments.of("x/version.go", "package version\n\nconst version = \"«1.5.0-rc.1»\"\n"),
        Arguments.of("conanfile.py", "class L(ConanFile):\n    name = \"l\"\n    version = \"«1.5.0-rc.1»\"\n    requires = \"z/1.4.2\"\n"),
        Arguments.of("x/__init__.py", "__version__ = u\"«1.5.0rc1»\"\n"),
        Arguments.of("sub/pom.xml", "<project>\n  <groupId>g</groupId><artifactId>sub</artifactId><version>«1.5.0-rc.1»${changelist}</version>\n</project>\n"),
        Arguments.of("sub/pom.xml", "<project>\n  <groupId>g</groupId><artifactId>sub</artifactId><version><!-- 1.4.2 -->«1.5.0-rc.1»<!-- 1.4.2 --></version>\n</project>\n"),
        Arguments.of("sub/pom.xml", "<project>\n  <groupId>o</groupId><artifactId>sub</artifactId><version>0.1</version>\n  <dependencies><dependency><groupId>g</groupId><artifactId>lantern</artifactId><version>1.3.0</version></dependency></dependencies>\n</project>\n"),
        Arguments.of("java/app/pom.xml", "<project>\n  <parent><groupId>g</groupId><artifactId>lantern</artifactId><version>${revision}</version></parent><artifactId>app</artifactId>\n  <properties><app.version>«1.5.0-rc.1»</app.version></properties>\n  <dependencies><dependency><groupId>g</groupId><artifactId>app</artifactId><version>${app.version}</version></dependency></dependencies>\n</project>\n"),
        Arguments.of("crates/x/Cargo.toml", "[package]\nname = \"x\"\nversion = \"«1.5.0-rc.1»\"\n[dependencies]\nlantern = { path = \"../nowhere\", version = \"=«1.5.0-rc.1»\" }\nz = { path = \"../nowhere\", version = \"1.4.2\" }\n"),
        Arguments.of("app/package.json", "{\"name\": \"app\", \"private\": true, \"version\": \"«1.5.0-rc.1»\", \"devDependencies\": {\"app\": \"1.4.2\", \"alias\": \"npm:@lantern/cli@«1.5.0-rc.1»\"}}"),
        Arguments.of("tool/pyproject.toml", "[tool.poetry]\nname = \"t\"\nversion = \"«1.5.0rc1»\"\n[tool.poetry.group.dev.dependencies]\nlantern = { version = \"==«1.5.0rc1»\", extras = [\"a\"] }\ndyn = \"==«1.5.0rc1»\"\nz = \"==1.4.2\"\n"),
        Arguments.of("x/setup.cfg", "[bumpversion]\ncurrent_version = «1.5.0rc1»\n\n[metadata]\nname = lantern\nversion = «1.5.0rc1»\n\n[other]\nversion = 1.4.2\n"),
        Arguments.of("x/CMakeLists.txt", "cmake_minimum_required(VERSION 1.4.2)\nproject(lantern\n  VERSION \"«1.5.0»\" # 1.4.2\n  LANGUAGES C)\nfind_package(Z 1.4.2)\n"),
        Arguments.of("x/CMakeLists.txt", "set(LANTERN_VERSION \"«1.5.0»\")\nset(OTHER 1.4.2)\nproject(lantern VERSION ${LANTERN_VERSION})\n"),
        Arguments.of("x/build.gradle", "plugins { id 'z' version '1.4.2' }\nversion = '«1.5.0-rc.1»'\ndependencies {\n  implementation 'g:lantern:«1.5.0-rc.1»'\n  implementation 'g:other:1.4.2'\n}\n"),
        Arguments.of("x/build.gradle.kts", "version = \"«1.5.0-rc.1»\"\ndependencies { implementation(\"g:other:1.4.2\") }\n"),
        Arguments.of("x/gradle.properties", "kotlin.version=1.4.2\r\nversion=«1.5.0-rc.1»\r\n"),
        Arguments.of("x/build.sbt", "val lanternVersion = \"«1.5.0-rc.1»\"\nval other = \"1.4.2\"\nversion := lanternVersion\n"),
        Arguments.of("x/A.csproj", "<Project>\n  <PropertyGroup>\n    <Version>«1.5.0-rc.1»</Version>\n    <AssemblyVersion>«1.5.0».0</AssemblyVersion>\n  </PropertyGroup>\n  <ItemGroup><PackageReference Include=\"Z\" Version=\"1.4.2\" /></ItemGroup>\n</Project>\n"),
        Arguments.of("x/A.csproj", "<Project>\n  <PropertyGroup>\n    <Number>«1.5.0-rc.1»</Number><Other>1.4.2</Other>\n    <Version Condition=\"'$(S)' != ''\">$(Number)-$(S)</Version>\n    <Version>$(Number)</Version>\n  </PropertyGroup>\n</Project>\n"),
        Arguments.of("x/A.csproj", "<Project>\n  <PropertyGroup>\n    <Number>«1.5.0»</Number>\n    <Version>$(Number)-$(Suffix)</Version>\n  </PropertyGroup>\n</Project>\n"),
        Arguments.of("x/setup.py", "from setuptools import setup\nsetup(**{\"name\": \"x\", \"version\": \"«1.5.0rc1»\", \"install_requires\": [\"z==1.4.2\"]})\n"),
        Arguments.of("x/setup.py", "from setuptools import setup\nkwargs = {\n    'name': 'x',\n    'version': '3!«1.5.0rc1»',\n    'install_requires': ['x==3!«1.5.0rc1»', 'z==1.4.2'],\n}\nsetup(**kwargs)\n"),
        Arguments.of("x/setup.py", "from setuptools import setup\nz = {\n    'version': '1.4.2',\n}\nsetup(name='x', version='«1.5.0rc1»')\n"),
        Arguments.of("x/pyproject.toml", "[project]\nname = \"x\"\nversion = \"1!«1.5.0rc1»\"\ndependencies = [\"lantern==1!«1.5.0rc1»\"]\n"),
        Arguments.of("x/__init__.py", "__version__ = \"1!«1.5.0rc1»\"\n"),
        Arguments.of("x/uv.lock", "version = 1\n\n[[package]]\nname = \"lantern\"\nversion = \"1!«1.5.0rc1»\"\nsource = { editable = \".\" }\n"),
        Arguments.of("app/package-lock.json", "{\"lockfileVersion\": 2, \"packages\": {}, \"dependencies\": {\"w\": {\"version\": \"file:../w\", \"requires\": {\"@lantern/cli\": \"«1.5.0-rc.1»\", \"y\": \"npm:@lantern/cli@^«1.5.0-rc.1»\", \"z\": \"1.4.2\"}}, \"z\": {\"version\": \"1.4.2\", \"requires\": {\"@lantern/cli\": \"1.4.2\"}}}}"),
        Arguments.of("app/package.json", "{\"name\": \"app\", \"private\": true, \"version\": \"0.3.0\", \"dependencies\": {\"y\": \"workspace:@lantern/cli@~«1.5.0-rc.1»\", \"z\": \"workspace:z@1.4.2\"}}"),
        Arguments.of("yarn.lock", "__metadata:\n  version: 8\n\n\"w@workspace:w\":\n  version: 0.0.0-use.local\n  dependencies:\n    y: \"npm:@lantern/cli@«1.5.0-rc.1»\"\n    \"@lantern/cli\": \"workspace:^«1.5.0-rc.1»\"\n    z: \"npm:zed@1.4.2\"\n"),
        Arguments.of("pnpm-workspace.yaml", "packages:\r\n  - 'node' # 1.4.2\r\n\r\ncatalog:\r\n  '@lantern/cli': ^«1.5.0-rc.1» # kept\r\n  z: ^1.4.2\r\ncatalogs:\r\n  old:\r\n    \"@lantern/cli\": 1.3.0\r\n  new:\r\n    \"@lantern/cli\": '«1.5.0-rc.1»'\r\noverrides:\r\n  '@lantern/cli': «1.5.0-rc.1»\r\nminimumReleaseAge: 1.4.2\r\n"),
        Arguments.of("gradle/libs.versions.toml", "[versions]\nown = \"«1.5.0-rc.1»\"\nz = \"1.4.2\"\n[libraries]\na = { module = \"g:lantern\", version.ref = \"own\" }\nb = \"g:lantern:«1.5.0-rc.1»\"\nc = { group = \"g\", name = \"lantern\", version = \"1.3.0\" }\nd = { module = \"z:z\", version.ref = \"z\" }\ne = \"z:z:1.4.2\"\n"),
        Arguments.of("x/build.gradle.kts", "group = \"host.example\"\nversion = \"«1.5.0-rc.1»\"\ndependencies {\n  implementation(\"host.example:other:«1.5.0-rc.1»\")\n  implementation(\"host.example:other:1.3.0\")\n  implementation(\"host.example.z:other:1.4.2\")\n}\n"),
        Arguments.of("conda/meta.yaml", "package:\n  name: lantern\n  # the version\n  version: «1.5.0rc1»\nrequirements:\n  z:\n    version: 1.4.2\n"),
        Arguments.of("conda/meta.yaml", "{% set version = \"«1.5.0rc1»\" %}\npackage:\n  version: {{ version }}\nbuild:\n  version: 1.4.2\n"),
        Arguments.of(".release-please-manifest.json", "{\".\": \"«1.5.0-rc.1»\", \"node\": \"«1.5.0-rc.1»\", \"java\": \"«1.5.0-rc.1»\", \"elsewhere\": \"1.4.2\"}"),
        Arguments.of("x/Cargo.toml", "[package]\nname = \"x\"\nversion = \"«1.5.0-rc.1»\"\n[package.metadata.winres]\nFileVersion = \"«1.5.0-rc.1»\"\nProductVersion = \"1.3.0\"\nOther = \"1.4.2\"\n"),
        Arguments.of("x/A.nuspec", "<?xml version=\"1.0\"?>\n<package xmlns=\"u\"><metadata minClientVersion=\"1.4.2\"><id>A</id><version>«1.5.0-rc.1»</version>\n<dependencies><group><dependency id=\"a\" version=\"[«1.5.0-rc.1»]\" /><dependency id=\"z\" version=\"1.4.2\" /></group></dependencies></metadata></package>\n"),
        Arguments.of("x/version.h", "#define PROTOCOL_VERSION \"1.4.2\"\n#define LANTERN_VERSION_STRING \"«1.5.0-rc.1»\"\n#define VERSION_OF_Z \"1.4.2\"\n"),
        Arguments.of("x/AssemblyInfo.cs", "[assembly: AssemblyTitle(\"1.4.2\")]\r\n[assembly: AssemblyVersion(\"«1.5.0».0\")]\r\n[assembly: AssemblyFileVersion(\"«1.5.0».*\")]\r\n"),
        Arguments.of("x/Info.plist", "<!DOCTYPE plist>\n<plist><dict>\n\t<key>CFBundleShortVersionString</key>\n\t<string>«1.5.0»</string>\n\t<key>Other</key>\n\t<string>1.4.2</string>\n</dict></plist>\n"),
        Arguments.of("x/Versioning.xcconfig", "CURRENT_PROJECT_VERSION = «1.5.0»\nOTHER = 1.4.2\n"),
        Arguments.of("x/__init__.py", "__version__: Final[str] = \"«1.5.0rc1»\"\n"),
        Arguments.of("x/_version.py", "__version__ = version = '«1.5.0rc1»'\nother = '1.4.2'\n"),
        Arguments.of("x/version.py", "version = ('«1.5.0rc1»')\n"),
        Arguments.of("x/lib/version.rb", "A::VERSION = '«1.5.0.rc.1»'\n"),
        Arguments.of("x/a.gemspec", "Gem::Specification.new 'a', '«1.5.0.rc.1»' do |s|\nend\n"),
        Arguments.of("Casks/l.rb", "cask \"l\" do\n  version \"«1.5.0-rc.1»\"\nend\n"),
        Arguments.of("x/build.gradle", "allprojects { version = '«1.5.0-rc.1»' }\nplugins { id 'z' version '1.4.2' }\n"),
        Arguments.of("x/build.gradle", "ext.v = '«1.5.0-rc.1»'\next.z = '1.4.2'\nversion = project.ext.v\n"),
        Arguments.of("x/build.gradle.kts", "val v by extra(\"«1.5.0-rc.1»\")\nversion = v\n"),
        Arguments.of("x/build.gradle.kts", "version = System.getenv(\"V\") ?: \"«1.5.0-rc.1»\"\n"),
        Arguments.of("x/CMakeLists.txt", "project(x C)\nset(PROJECT_VERSION \"«1.5.0»\")\nset(X_V «1.5.0»)\nset(Y_V 1.4.2)\nset_target_properties(x PROPERTIES VERSION ${X_V} SOVERSION 1)\n"),
        Arguments.of("x/build.sbt", "lazy val root = (project in file(\".\")).settings(name := \"x\", version := \"«1.5.0-rc.1»\", z := \"1.4.2\")\n"),
        Arguments.of("x/mix.exs", "defmodule L do\n  def project, do: [app: :l, version: \"«1.5.0-rc.1»\", deps: [{:z, version: \"1.4.2\"}]]\nend\n"),
        Arguments.of("x/build.zig.zon", ".{ .name = \"z\", .version = \"«1.5.0-rc.1»\" }\n"),
        Arguments.of("default.nix", "{ p }: p.x { pname = \"a\"; version = \"«1.5.0-rc.1»\"; }\n"),
        Arguments.of("requirements-dev.txt", "# lantern==1.4.2\nlantern[x]==«1.5.0rc1» ; python_version > '3'\nz==1.4.2\nlantern==1.3.0\nlantern>=1.4.2\n"),
        Arguments.of("x/a.cabal", "name: a\r\nversion: «1.5.0»\r\nbuild-depends: z == 1.4.2\r\n"),
        Arguments.of("dune-project", "(lang dune 3.0)\n(version «1.5.0-rc.1»)\n(z 1.4.2)\n"),
        Arguments.of("x/Project.toml", "name = \"J\"\nversion = \"«1.5.0-rc.1»\"\n\n[compat]\nversion = \"1.4.2\"\n"),
        Arguments.of("app/package.json", "{\"name\": \"app\", \"private\": true, \"version\": \"0.3.0\", \"catalog\": {\"@lantern/cli\": \"«1.5.0-rc.1»\"}, \"workspaces\": {\"packages\": [\"x\"], \"catalogs\": {\"a\": {\"@lantern/cli\": \"^«1.5.0-rc.1»\", \"z\": \"1.4.2\"}}}}"),
        Arguments.of("R/DESCRIPTION", "Package: lantern\nVersion: «1.5.0».7\nDate: 2026-01-01\n"),
        Arguments.of("java/like/pom.xml", "<project>\n  <parent><groupId>g</groupId><artifactId>lantern</artifactId><version>«1.5.0-rc.1»</version></parent><artifactId>like_2.13</artifactId>\n  <dependencies><dependency><groupId>g</groupId><artifactId>like_${scala}</artifactId><version>«1.5.0-rc.1»</version></dependency><dependency><groupId>g</groupId><artifactId>like_${scala}</artifactId><version>1.3.0</version></dependency><dependency><groupId>g</groupId><artifactId>z_${scala}</artifactId><version>1.4.2</version></dependency></dependencies>\n</project>\n"),
        Arguments.of("Directory.Build.props", "<Project><PropertyGroup><VersionPrefix>«1.5.0»</VersionPrefix></PropertyGroup></Project>"),
        Arguments.of("x/pubspec.yaml", "name: tool\nversion: «1.5.0-rc.1» # 1.4.2\ndependencies:\n  lantern: ^«1.5.0-rc.1»\n  other: ^1.4.2\n"),
        Arguments.of("x/pubspec.yaml", "name: app\npublish_to: none\nversion: «1.5.0-rc.1»+1042 # the stores count\n"),
        Arguments.of("x/pubspec.yaml", "name: app\npublish_to: none\ndependencies:\n  lantern:\n    hosted: https://pub.example\n    version: ^«1.5.0-rc.1»\n  z:\n    version: ^1.4.2\n"),
        Arguments.of("x/setup.cfg", "[metadata]\r\nname: x\r\ndescription = a [b] 1.4.2\r\nversion: «1.5.0rc1»\r\n\r\n[options]\r\ninstall_requires =\r\n    Lantern[a] == «1.5.0rc1»; python_version > '3'\r\n    z==1.4.2\r\n"),
        Arguments.of("tool/pyproject.toml", "[tool.poetry]\nname = \"t\"\nversion = \"«1.5.0rc1»\"\n[tool.poetry.dependencies]\nlantern = \"^«1.5.0rc1»\"\ndyn = \"~«1.5.0rc1»\"\nz = \"^1.4.2\"\n"),
        Arguments.of("tool/pyproject.toml", "project.name = \"t\"\nproject.version = '«1.5.0rc1»'\nproject.dependencies = [\"lantern~=«1.5.0rc1»\", 'Lantern (==«1.5.0rc1»)', \"z~=1.4.2\"]\n"),
        Arguments.of("sub/pom.xml", "<project>\n  <groupId>o</groupId><artifactId>sub</artifactId><version>0.1</version>\n  <dependencies><dependency><groupId>g</groupId><artifactId>lantern</artifactId><version>[«1.5.0-rc.1»]</version></dependency><dependency><groupId>g</groupId><artifactId>lantern</artifactId><version>[1.4.2,2)</version></dependency></dependencies>\n</project>\n"),
        Arguments.of("x/A.csproj", "<Project>\n  <PropertyGroup><PackageId>A</PackageId><Version>«1.5.0-rc.1»</Version></PropertyGroup>\n  <ItemGroup><PackageReference Include=\"a\" Version=\"[«1.5.0-rc.1»]\" /><PackageReference Include=\"A\" Version=\"[1.4.2,2)\" /></ItemGroup>\n</Project>\n"),
        Arguments.of("x/build.gradle", "ext {\n    libVersion = '«1.5.0-rc.1»'\n    other = '1.4.2'\n}\nversion libVersion\n"),
        Arguments.of("x/build.gradle.kts", "val libVersion = \"«1.5.0-rc.1»\"\nval other = \"1.4.2\"\nversion = libVersion\n"),
        Arguments.of("x/CMakeLists.txt", "project(lantern # (1.4.2) here\n  VERSION\n    «1.5.0»\n  DESCRIPTION \"VERSION 1.4.2\")\n"),
        Arguments.of("app/package.json", "{\"name\": \"app\", \"private\": true, \"version\": \"0.3.0\", \"overrides\": {\"@lantern/cli\": \"«1.5.0-rc.1»\", \"z\": \"1.4.2\"}, \"resolutions\": {\"@lantern/cli\": \"^«1.5.0-rc.1»\"}}"),
        Arguments.of("x/Lantern.podspec", "Pod::Spec.new do |s|\n  s.version = '«1.5.0-rc.1»'\n  s.source = { :git => 'u', :tag => 'v«1.5.0-rc.1»' }\n  s.dependency 'Z', '1.4.2'\nend\n"),
        Arguments.of("x/lantern.gemspec", "Gem::Specification.new do |spec|\n  spec.version = \"«1.5.0.rc.1»\"\n  spec.add_dependency \"z\", \"1.4.2\"\nend\n"),
        Arguments.of("x/mix.exs", "defmodule L do\n  @version \"«1.5.0-rc.1»\"\n  defp deps, do: [{:z, \"1.4.2\"}]\nend\n"),
        Arguments.of("x/build.zig.zon", ".{\n    .name = .lantern,\n    .version = \"«1.5.0-rc.1»\",\n}\n"),
        Arguments.of("b/MODULE.bazel", "bazel_dep(name = \"lantern\", version = \"«1.5.0-rc.1»\")\nbazel_dep(name = \"z\", version = \"1.4.2\")\n"),
        Arguments.of("b/go.mod", "module host.example/b\n\nrequire (\n\thost.example/lantern/go v«1.5.0-rc.1»\n\thost.example/other v1.4.2\n)\n"),
        Arguments.of("Makefile", "VERSION := «1.5.0-rc.1»\nOTHER := 1.4.2\n"),
        Arguments.of("flake.nix", "{\n  version = \"«1.5.0-rc.1»\";\n  other = \"1.4.2\";\n}\n"),
        Arguments.of("snap/snapcraft.yaml", "name: lantern\nversion: \"«1.5.0-rc.1»\"\nparts:\n  z:\n    version: 1.4.2\n"),
        Arguments.of("tree-sitter.json", "{\"grammars\": [{\"version\": \"1.4.2\"}], \"metadata\": {\"version\": \"«1.5.0-rc.1»\"}}"),
        Arguments.of(".bumpversion.cfg", "[bumpversion]\ncurrent_version = «1.5.0-rc.1»\n"),
        Arguments.of("py/uv.lock", "version = 1\n\n[[package]]\nname = \"lantern\"\nversion = \"«1.5.0rc1»\"\nsource = { editable = \".\" }\n\n[package.metadata]\nrequires-dist = [{ name = \"z\", specifier = \"==1.4.2\" }]\n\n[[package]]\nname = \"z\"\nversion = \"1.4.2\"\nsource = { registry = \"https://registry.example/simple\" }\n"),
        Arguments.of("poetry.lock", "[[package]]\nname = \"lantern\"\nversion = \"«1.5.0rc1»\"\ndevelop = true\n\n[package.dependencies]\ndyn = \"==«1.5.0rc1»\"\nz = \"==1.4.2\"\n\n[package.source]\ntype = \"directory\"\nurl = \"py\"\n\n[[package]]\nname = \"z\"\nversion = \"1.4.2\"\n\n[package.dependencies]\ndyn = \"==1.4.2\"\n"),
        Arguments.of("node/npm-shrinkwrap.json", "{\"version\": \"«1.5.0-rc.1»\", \"lockfileVersion\": 1, \"dependencies\": {\"@lantern/cli-x\": {\"version\": \"1.4.2\", \"integrity\": \"sha512-0\"}}}"),
        Arguments.of("package-lock.json", "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"workspaces\": [\"node\"]}, \"node\": {\"name\": \"@lantern/cli\", \"version\": \"«1.5.0-rc.1»\"}, \"node_modules/z\": {\"version\": \"1.4.2\"}, \"node_modules/@lantern/cli\": {\"resolved\": \"node\", \"link\": true}}}"),
        Arguments.of("pnpm-lock.yaml", "importers:\n\n  app:\n    dependencies:\n      '@lantern/cli':\n        specifier: ^«1.5.0-rc.1»\n        version: link:../node\n      z:\n        specifier: ^1.4.2\n        version: 1.4.2\n"),
        Arguments.of("yarn.lock", "__metadata:\n  version: 8\n\n\"@lantern/cli@npm:«1.5.0-rc.1», @lantern/cli@workspace:node\":\n  version: 0.0.0-use.local\n  resolution: \"@lantern/cli@workspace:node\"\n  languageName: unknown\n\n\"z@npm:1.4.2\":\n  version: 1.4.2\n"),
        Arguments.of("sub/pom.xml", "<project>\n  <parent><groupId>g</groupId><artifactId>lantern</artifactId><version>«1.5.0-rc.1»</version></parent>\n  <artifactId>sub</artifactId>\n  <dependencies><dependency><groupId>g</groupId><artifactId>z</artifactId><version>1.4.2</version></dependency></dependencies>\n</project>\n"),
        Arguments.of("sub/pom.xml", "<project>\n  <groupId>g</groupId><artifactId>sub</artifactId><version>${revision}</version>\n  <properties><revision>«1.5.0-rc.1»</revision><z.version>1.4.2</z.version></properties>\n</project>\n"),
        Arguments.of("app/package.json", "{\"name\": \"app\", \"private\": true, \"version\": \"0.3.0\", \"dependencies\": {\"@lantern/cli\": \"~«1.5.0-rc.1»\", \"z\": \"1.4.2\", \"@lantern/cli2\": \"workspace:*\"}}"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void onlyTheSitesOfTheProductAreChanged(String path, String marked) {
    String before = marked.replaceAll("«[^»]*»", "1.4.2");
    String after = marked.replaceAll("[«»]", "");
    assertThat(bumped(path, before, "1.5.0-rc.1")).isEqualTo(after);
  }

  @Test
  void numbersThatStandApartAreOneVersion() {
    String python = "VERSION = (1, 4, 2)\nversion_info: tuple = (1, 4, 2)\nOTHER = (1, 4, 2)\nversion_tuple = (1, 4, 2, 'x')\n";
    assertThat(bumped("x/__init__.py", python, "2.5.0"))
        .isEqualTo("VERSION = (2, 5, 0)\nversion_info: tuple = (2, 5, 0)\nOTHER = (1, 4, 2)\nversion_tuple = (1, 4, 2, 'x')\n");
    assertThat(bumped("x/__init__.py", python.replace("4", "3"), "2.5.0")).isEqualTo(python.replace("4", "3"));
    assertThat(bumped("x/version.rb", "module V\n  MAJOR = 1\n  MINOR = 4\n  TINY  = 2\nend\n", "2.5.0")).isEqualTo("module V\n  MAJOR = 2\n  MINOR = 5\n  TINY  = 0\nend\n");
  }

  @Test
  void developmentVersionsKeepEachFilesOwnForm() {
    assertThat(bumped("py/x/__init__.py", "__version__ = '1.4.2'\n", "1.5.0-SNAPSHOT")).isEqualTo("__version__ = '1.5.0.dev0'\n");
    Wording wording = new Wording(SemVer.parse("1.7.0-SNAPSHOT"), SemVer.parse("1.6.0-SNAPSHOT"));
    TextFile file = TextFile.of("x", "1.6.0-alpha.0 1.6.0-dev 1.6.0.dev0 1.6.0".getBytes(StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    int from = 0;
    for (String word : file.text().split(" ")) {
      var spelling = word.contains(".dev") ? dev.plasmite.version.Spelling.PEP440 : dev.plasmite.version.Spelling.SEMVER;
      said.add(wording.at(Site.of(file, from, from + word.length(), "", spelling, Site.Form.VERSION)).orElseThrow());
      from += word.length() + 1;
    }
    assertThat(said).containsExactly("1.7.0-alpha.0", "1.7.0-dev", "1.7.0.dev0", "1.7.0");
  }

  @Test
  void bytesThatAreNotUtf8Stay() {
    byte[] latin = "__version__ = '1.4.2' # \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    TextFile file = TextFile.of("a/__init__.py", latin);
    SortedMap<Site, String> none = new TreeMap<>();
    assertThat(file.with(none)).isEqualTo(latin);
  }

  @Test
  void namesAreKnownByTheirWholeOrByHowTheyEnd() {
    Map<String, String> known = new TreeMap<>();
    Formats formats = Formats.KNOWN;
    for (String path :
        List.of("Cargo.toml", "a/Cargo.toml", "cargo.toml", "Cargo.toml.bak", "x.gradle.kts", "build.gradle", "gradle", "a.kts", "A.CsProj",
            "DIRECTORY.BUILD.props", "pom.xml", "pom-native.xml", "other.xml", "Formula/a.rb", "lib/a.rb", "lib/version.rb", "a.podspec", "flake.nix", ".nix", "a.")) {
      formats.of(path).ifPresent(format -> known.put(path, format.name()));
    }
    assertThat(known.keySet())
        .containsExactlyInAnyOrder("Cargo.toml", "a/Cargo.toml", "x.gradle.kts", "build.gradle", "A.CsProj", "DIRECTORY.BUILD.props", "pom.xml",
            "pom-native.xml", "Formula/a.rb", "lib/version.rb", "a.podspec", "flake.nix", ".nix");
    assertThat(known).containsEntry("pom-native.xml", known.get("pom.xml")).containsEntry("Formula/a.rb", known.get("a.podspec"));
  }

  private static String bumped(String path, String text, String version) {
    Map<String, String> all = new TreeMap<>(PRODUCT);
    all.put(path, text);
    Formats formats = Formats.KNOWN;
    List<Scan.Read> reads = new ArrayList<>();
    all.forEach(
        (p, t) -> {
          Manifest manifest = formats.of(p).orElseThrow().read(TextFile.of(p, t.getBytes(StandardCharsets.UTF_8)));
          assertThat(manifest.problems()).isEmpty();
          reads.add(new Scan.Read(manifest, false, null));
        });
    Lockstep lockstep =
        new Membership(Path.of("/"), new Scan.Result(reads, List.of(), List.of(), List.of(), List.of()), LockstepPlan.discovered(), null).decide();
    Wording wording = new Wording(SemVer.parse(version), lockstep.version());
    SortedMap<Site, String> texts = new TreeMap<>();
    lockstep.sites().stream().filter(s -> s.place().file().equals(path)).forEach(s -> texts.put(s, wording.at(s).orElseThrow()));
    byte[] bytes = TextFile.of(path, text.getBytes(StandardCharsets.UTF_8)).with(texts);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
