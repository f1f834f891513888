package dev.plasmite.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.plasmite.gate.OutsideFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The evidence as one page: {@code report.html}. Self-contained (no network, no font, no picture from elsewhere), in
 * the reader's light or dark, readable without JavaScript and on paper. Every text is escaped by the template engine,
 * and the page's own Content-Security-Policy allows its one style sheet and its one script by their hashes and nothing
 * else, so that even markup that slipped through could do nothing.
 */
public final class HtmlReport {

  private final Template template;
  private final String policy;

  public HtmlReport() {
    // A name that the template has and the view has not is an error, never an empty place.
    template =
        Mustache.compiler()
            .escapeHTML(true)
            .strictSections(true)
            .withLoader(name -> new StringReader(resource(name)))
            .compile(resource("report.mustache"));
    policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '"
            + hash(resource("report.css")) + "'; script-src '" + hash(resource("report.js")) + "'";
  }

  /**
   * The page.
   *
   * @param evidence the run
   * @param ledgerTail the last lines of the ledger; empty for none
   */
  public String render(Evidence evidence, List<String> ledgerTail) {
    return template.execute(HtmlViews.of(evidence, ledgerTail, policy));
  }

  /**
   * Writes the page whole or not at all.
   *
   * @throws OutsideFailure when the disk does not take it
   */
  public void write(Path file, Evidence evidence, List<String> ledgerTail) {
    AtomicFile.write(file, render(evidence, ledgerTail));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("the plugin's jar lacks " + name);
      }
      // As a browser reads it, so that the hashes hold for a jar built where line breaks are two characters.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + name + " from the plugin's jar", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
