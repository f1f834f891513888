package dev.plasmite.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plasmite.client.Fetch;
import dev.plasmite.gate.EffectGate;
import dev.plasmite.gate.Mode;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SimplePageTest {

  private static final URI PROJECT = URI.create("http://127.0.0.1:1/simple/lamp/");
  private static final String SHA = "a".repeat(64);
  private final HttpReading http = new HttpReading(new Fetch(new EffectGate(Mode.SANDBOX)));

  @Test
  void bothFormsOfAnIndexSayTheSame() {
    SimplePage html =
        SimplePage.parse(
            http, PROJECT,
            "<!DOCTYPE html>\n<html><body><h1>lamp</h1>\n<a href=\"../../packages/lamp-1.2.0.tar.gz#sha256=" + SHA + "\" data-yanked=\"\">lamp-1.2.0.tar.gz</a><br>\n"
                + "<A HREF='/packages/lamp-1.2.0-py3-none-any.whl#md5=0123'>lamp-1.2.0-py3-none-any.whl</A></body></html>");
    SimplePage json =
        SimplePage.parse(
            http, PROJECT,
            "{\"files\": [{\"filename\": \"lamp-1.2.0.tar.gz\", \"url\": \"../../packages/lamp-1.2.0.tar.gz#sha256=" + SHA + "\", \"hashes\": {\"sha256\": \"" + SHA + "\"}, \"yanked\": \"broken\"},"
                + "{\"filename\": \"lamp-1.2.0-py3-none-any.whl\", \"url\": \"/packages/lamp-1.2.0-py3-none-any.whl#md5=0123\", \"hashes\": {\"md5\": \"0123\"}}]}");
    assertThat(html).isEqualTo(json);
    assertThat(html.files().get(0)).isEqualTo(
        new SimplePage.File("lamp-1.2.0.tar.gz", URI.create("http://127.0.0.1:1/packages/lamp-1.2.0.tar.gz#sha256=" + SHA), SHA, true));
    assertThat(html.file("lamp-1.2.0-py3-none-any.whl")).hasValueSatisfying(wheel -> assertThat(wheel.sha256()).isEmpty());
    assertThat(html.file("lamp-1.2.0.whl")).isEmpty();
  }
}
