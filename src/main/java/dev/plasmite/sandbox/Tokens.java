package dev.plasmite.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plasmite.gate.Finding;
import dev.plasmite.gate.OutsideFailure;
import dev.plasmite.gate.Place;
import dev.plasmite.gate.Refusal;
import dev.plasmite.json.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/** A random token for each channel, in the shape of the real service's, made once and kept in a file only its owner reads. */
final class Tokens {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** What the tokens of a channel begin with, and how many random characters follow. */
  private static final Map<String, Map.Entry<String, Integer>> SHAPES =
      Map.of(
          SandboxWorld.CRATES, Map.entry("cio", 32),
          SandboxWorld.NPM, Map.entry("npm_", 36),
          SandboxWorld.PYPI, Map.entry("pypi-", 120),
          SandboxWorld.GITHUB, Map.entry("ghs_", 36));

  private final Map<String, String> byChannel;

  private Tokens(Map<String, String> byChannel) {
    this.byChannel = byChannel;
  }

  /** The tokens in a file; made when it is not there. */
  static Tokens in(Path file) {
    ObjectMapper json = StrictJson.mapper();
    try {
      if (!Files.exists(file)) {
        write(file, json.writeValueAsBytes(fresh()));
      }
      Map<String, String> read = json.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {});
      if (!read.keySet().equals(SHAPES.keySet()) || read.values().stream().anyMatch(token -> token == null || token.isBlank())) {
        throw damaged(file);
      }
      return new Tokens(read);
    } catch (JsonProcessingException e) {
      throw damaged(file);
    } catch (IOException e) {
      throw new OutsideFailure("cannot keep the sandbox's tokens in " + file, e);
    }
  }

  /** The token of a channel. */
  String of(String channel) {
    String token = byChannel.get(channel);
    if (token == null) {
      throw new IllegalArgumentException("no such channel in the sandbox: " + channel);
    }
    return token;
  }

  private static Refusal damaged(Path file) {
    return new Refusal(
        Finding.of("the sandbox's tokens are damaged")
            .at(Place.file(file.toString()))
            .remedy("remove the file; new tokens are made"));
  }

  private static Map<String, String> fresh() {
    SecureRandom random = new SecureRandom();
    Map<String, String> tokens = new TreeMap<>();
    SHAPES.forEach((channel, shape) -> {
      StringBuilder token = new StringBuilder(shape.getKey());
      for (int i = 0; i < shape.getValue(); i++) {
        token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      tokens.put(channel, token.toString());
    });
    return tokens;
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    // Temporary files are made readable by their owner only, and the rename keeps that.
    Path beside = Files.createTempFile(file.getParent(), "tokens", ".unfinished");
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
