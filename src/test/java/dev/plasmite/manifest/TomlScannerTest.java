package dev.plasmite.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;

/** The scanner takes and refuses what tomlj takes and refuses. */
class TomlScannerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a = 1", "a.b.c = true\na.b.d = 'x'\n", "[a]\n[a.b]\n[c]\n", "[a.b]\nx=1\n[a]\ny=1\n",
        "[[a]]\n[a.b]\nx=1\n[[a]]\n[a.b]\nx=2\n", "[[a]]\n[[a.b]]\n[a.b.c]\n[[a.b]]\n[a.b.c]\n", "x = [[1, 2], ['a', \"b\"], [{y = 1}]]\n",
        "x = { a.b = 1, c = [ ] }\n", "x = \"\"\"a\"\"\"\"\"\n", "x = '''\na'b''c'''\n", "x = \"\\u00e9 \\\" \\\\\"", "d = 1979-05-27 07:32:00Z\nt = 07:32:00\n",
        "f = 6.626e-34\ni = 1_000\nh = 0xDEAD_beef\nn = -inf\n", "\"quoted key\" = 1\n'a.b' = 2\n", "# only a comment", "a = 1 # end"
      })
  void takes(String document) throws SyntaxException {
    assertThat(Toml.parse(document).errors()).isEmpty();
    TomlScanner.scan(TextFile.of("x.toml", document.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "a =", "= 1", "a = 1 b = 2", "a = \"x", "a = 'x\n'", "a = \"\\q\"", "a = 1\na = 2", "[a]\n[a]\n", "[a\n", "[[a]]\n[a]\n", "a = [1 2]", "a = {b = 1",
        "a = {b = 1 c = 2}", "a = 01", "a = 1__0", "a = tru", "a = 1\na.b = 2\n", "[a]\nb = 1\nb = 2\n", "a = 1.\n", "[]\n"
      })
  void refuses(String document) {
    assertThat(Toml.parse(document).errors()).isNotEmpty();
    assertThat(catchThrowable(() -> TomlScanner.scan(TextFile.of("x.toml", document.getBytes(StandardCharsets.UTF_8)))))
        .isInstanceOf(SyntaxException.class);
  }
}
