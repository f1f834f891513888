package dev.plasmite.client;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What programs that the train starts outside the sandbox are given of the ambient environment. Lists of what is let
 * through, not of what is kept out: a variable that nobody has thought of does not get there.
 */
public final class LetThrough {

  /** How this machine reaches the network, and whom it trusts there. */
  private static final List<String> NETWORK =
      List.of(
          "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE", "PIP_CERT", "TWINE_CERT", "NODE_EXTRA_CA_CERTS", "CARGO_HTTP_CAINFO", "GIT_SSL_CAINFO");

  /** What a compiler or an interpreter needs to work for this user on this machine as it does in a terminal. */
  private static final List<String> TOOLS =
      List.of(
          "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP",
          "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
          "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "RUSTUP_AUTO_INSTALL", "CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_BUILD_JOBS",
          "CARGO_INCREMENTAL", "RUSTFLAGS", "RUSTC", "RUSTC_WRAPPER", "RUST_BACKTRACE", "CARGO_ENCODED_RUSTFLAGS",
          "CC", "CXX", "AR", "LD", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "LIBRARY_PATH", "LD_LIBRARY_PATH",
          "DYLD_LIBRARY_PATH", "PKG_CONFIG_PATH", "MAKEFLAGS", "CMAKE_PREFIX_PATH", "SOURCE_DATE_EPOCH",
          "MACOSX_DEPLOYMENT_TARGET", "DEVELOPER_DIR", "SDKROOT", "NIX_SSL_CERT_FILE",
          "PYENV_ROOT", "PYENV_VERSION", "PYENV_SHELL", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE",
          "NODE_PATH", "NODE_OPTIONS", "NVM_DIR", "NVM_BIN", "VOLTA_HOME", "ASDF_DIR", "ASDF_DATA_DIR",
          "GOPATH", "GOROOT", "GOCACHE", "GOFLAGS", "JAVA_HOME", "M2_HOME", "MAVEN_HOME",
          "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMDATA",
          "PROGRAMW6432", "COMMONPROGRAMFILES", "APPDATA", "LOCALAPPDATA", "USERPROFILE", "USERNAME", "NUMBER_OF_PROCESSORS",
          "PROCESSOR_ARCHITECTURE", "VCINSTALLDIR", "VSINSTALLDIR", "WINDOWSSDKDIR", "INCLUDE", "LIB", "LIBPATH");

  /** Where a client of this machine is, and where its user's configuration is; nothing that makes it do more than it says. */
  private static final List<String> ASKING =
      List.of(
          "PATH", "HOME", "USER", "LOGNAME", "TERM", "LANG", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME",
          "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "RUSTUP_AUTO_INSTALL", "PYENV_ROOT", "PYENV_VERSION", "VIRTUAL_ENV",
          "NVM_DIR", "NVM_BIN", "VOLTA_HOME", "ASDF_DIR", "ASDF_DATA_DIR",
          "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMDATA",
          "APPDATA", "LOCALAPPDATA", "USERPROFILE", "USERNAME");

  private LetThrough() {}

  /** For a client that is asked how its user has set it up. */
  public static Map<String, String> asking(Map<String, String> ambient) {
    Map<String, String> kept = only(ambient, NETWORK);
    kept.putAll(only(ambient, ASKING));
    return kept;
  }

  /** For a client in an empty home: the network's settings, and nothing of the user's. */
  public static Map<String, String> network(Map<String, String> ambient) {
    return only(ambient, NETWORK);
  }

  /** For a build or a benchmark of the user's own code: its toolchains too. */
  public static Map<String, String> build(Map<String, String> ambient) {
    Map<String, String> kept = only(ambient, NETWORK);
    kept.putAll(only(ambient, TOOLS));
    ambient.forEach(
        (name, value) -> {
          if (name.startsWith("LC_")) {
            kept.put(name, value);
          }
        });
    return kept;
  }

  private static Map<String, String> only(Map<String, String> ambient, List<String> names) {
    Map<String, String> kept = new TreeMap<>();
    ambient.forEach(
        (name, value) -> {
          if (names.contains(name.toUpperCase(Locale.ROOT))) {
            kept.put(name, value);
          }
        });
    return kept;
  }
}
