package dev.plasmite.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The evidence as JSON: {@code report.json}. The same evidence always has the same bytes. */
public final class JsonReport {

  private final ObjectMapper mapper =
      StrictJson.mapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  public JsonReport() {
    // A number is no text and a text is no number, though Jackson would take the one for the other.
    refuse(LogicalType.Textual, CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);
    refuse(LogicalType.Integer, CoercionInputShape.String, CoercionInputShape.EmptyString);
    refuse(LogicalType.Float, CoercionInputShape.String, CoercionInputShape.EmptyString);
    refuse(LogicalType.Boolean, CoercionInputShape.String, CoercionInputShape.EmptyString, CoercionInputShape.Integer);
  }

  private void refuse(LogicalType type, CoercionInputShape... shapes) {
    for (CoercionInputShape shape : shapes) {
      mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
    }
  }

  /** The report's text, with a line break at its end. */
  public String render(Evidence evidence) {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators).withObjectIndenter(indent).withArrayIndenter(indent);
    try {
      return mapper.writer(printer).writeValueAsString(ReportDocuments.from(evidence)) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of texts and numbers are always JSON", e);
    }
  }

  /**
   * Writes the report whole or not at all.
   *
   * @throws OutsideFailure when the disk does not take it
   */
  public void write(Path file, Evidence evidence) {
    AtomicFile.write(file, render(evidence));
  }

  /**
   * Reads a report back.
   *
   * @throws Refusal when the file is not there, or not exactly a report: a key missing, twice or unknown, another type,
   *     a word that no report uses, a stage missing, an outcome that does not follow from the stages
   * @throws OutsideFailure when the disk does not give it
   */
  public Evidence read(Path file) {
    String name = file.getFileName().toString();
    if (!Files.isRegularFile(file)) {
      throw new Refusal(
          Finding.of("there is no report here").at(Place.file(name)).remedy("run the train first: mvn publish"));
    }
    try {
      return ReportDocuments.toEvidence(mapper.readValue(Files.readString(file), ReportDocument.class), name);
    } catch (JsonProcessingException e) {
      Place place =
          e.getLocation() == null
              ? Place.file(name)
              : new Place(name, Math.max(e.getLocation().getLineNr(), 0), Math.max(e.getLocation().getColumnNr(), 0));
      throw new Refusal(damaged("not a report: " + e.getOriginalMessage(), place));
    } catch (CharacterCodingException e) {
      throw new Refusal(damaged("not a report: the file is not UTF-8", Place.file(name)));
    } catch (IOException e) {
      throw new OutsideFailure("cannot read " + name, e);
    }
  }

  /** A finding about a report that cannot be trusted. */
  static Finding damaged(String what, Place place) {
    return Finding.of(what).at(place).remedy("the file was damaged or edited: run the train again, it writes a new one");
  }
}
