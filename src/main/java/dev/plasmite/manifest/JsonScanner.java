package dev.plasmite.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON (RFC 8259) and says where every string and every other scalar stands. A key that stands twice is an error. */
final class JsonScanner {

  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Told of each scalar. */
  @FunctionalInterface
  interface Visitor {

    /**
     * One scalar.
     *
     * @param path the keys above it, {@code []} for an array; the list changes after the call
     * @param value its text
     * @param start offset of its first character, behind the quote; -1 when it is no string
     * @param end offset behind its last; -1 when it is no string or the string has escapes
     */
    void value(List<String> path, String value, int start, int end);
  }

  void scan(TextFile file, Visitor visitor) throws SyntaxException {
    if (!file.isUtf8()) {
      throw new SyntaxException("JSON must be UTF-8", 0);
    }
    int shift = file.begin();
    String text = file.text();
    try (JsonParser parser = factory.createParser(shift == 0 ? text : text.substring(shift))) {
      read(parser, text, shift, visitor);
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      throw new SyntaxException(e.getOriginalMessage(), where == null ? 0 : (int) Math.max(0, where.getCharOffset()) + shift);
    } catch (IOException e) {
      throw new AssertionError("a string is read without input or output", e);
    }
  }

  private static void read(JsonParser parser, String text, int shift, Visitor visitor) throws IOException, SyntaxException {
    List<String> path = new ArrayList<>();
    List<Boolean> objects = new ArrayList<>();
    boolean any = false;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (any && objects.isEmpty()) {
        throw new SyntaxException("text after the end of the JSON value", (int) parser.currentTokenLocation().getCharOffset() + shift);
      }
      any = true;
      switch (token) {
        case START_OBJECT, START_ARRAY -> {
          objects.add(token == JsonToken.START_OBJECT);
          path.add("[]");
        }
        case END_OBJECT, END_ARRAY -> {
          objects.remove(objects.size() - 1);
          path.remove(path.size() - 1);
        }
        case FIELD_NAME -> path.set(path.size() - 1, parser.currentName());
        default -> scalar(parser, text, shift, path, token, visitor);
      }
    }
    if (!any) {
      throw new SyntaxException("the file is empty", 0);
    }
  }

  private static void scalar(
      JsonParser parser, String text, int shift, List<String> path, JsonToken token, Visitor visitor) throws IOException {
    String value = parser.getText();
    int start = -1;
    int end = -1;
    if (token == JsonToken.VALUE_STRING) {
      start = (int) parser.currentTokenLocation().getCharOffset() + shift + 1;
      if (text.startsWith(value + "\"", start)) {
        end = start + value.length();
      }
    }
    visitor.value(path, value, start, end);
  }
}
