package dev.plasmite.perf;

import java.util.Locale;

/** A drawing in SVG 1.1 that grows element by element; colours come from classes of the page it stands in. */
final class Svg {

  private final StringBuilder out = new StringBuilder();

  /**
   * Starts a drawing.
   *
   * @param width in pixels
   * @param height in pixels
   * @param title what it shows, for those who cannot see it
   */
  Svg(int width, int height, String title) {
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\"><title>%s</title>",
            width, height, width, height, escaped(title)));
  }

  /** A line of a class. */
  Svg line(double x1, double y1, double x2, double y2, String style) {
    return add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
  }

  /** A dot of a class; the hint shows when it is pointed at. */
  Svg dot(double x, double y, double radius, String style, String hint) {
    return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\"><title>%s</title></circle>", x, y, radius,
        style, escaped(hint));
  }

  /** An arrow head whose tip is at a place; it points right, or left with a length below zero. */
  Svg arrow(double x, double y, double length, String style, String hint) {
    return add("<path d=\"M%.1f %.1fl%.1f -5v10z\" class=\"%s\"><title>%s</title></path>", x, y, -length, style,
        escaped(hint));
  }

  /** A bar of a class; the hint shows when it is pointed at. */
  Svg bar(double x, double y, double width, double height, String style, String hint) {
    return add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"><title>%s</title></rect>",
        x, y, width, height, style, escaped(hint));
  }

  /**
   * Text at a place.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  Svg text(double x, double y, String anchor, String style, String text) {
    return add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>", x, y, anchor, style,
        escaped(text));
  }

  /** The finished drawing. */
  String done() {
    return out + "</svg>";
  }

  private Svg add(String element, Object... values) {
    out.append(String.format(Locale.ROOT, element, values));
    return this;
  }

  /** Text as HTML and SVG can show it. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }
}
