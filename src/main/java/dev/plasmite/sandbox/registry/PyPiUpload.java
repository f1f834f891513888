package dev.plasmite.sandbox.registry;

import dev.plasmite.sandbox.loopback.Rejection;
import dev.plasmite.sandbox.loopback.Request;
import dev.plasmite.sandbox.loopback.StateDirectory;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/**
 * Reads what twine and uv send to the legacy upload API (PyPI documentation, "Upload API"): a multipart form whose part
 * {@code content} is the file. The file goes to disk as it comes.
 */
final class PyPiUpload {

  /** PyPI's limit for a file unless a project was given more. */
  private static final long MAX_FILE = 100L << 20;

  private static final int MAX_FIELDS = 8 << 20;
  private static final int MAX_BOUNDARY = 200;

  /** One upload; closing drops the file when nobody kept it. */
  record Upload(
      StateDirectory state,
      Map<String, String> fields,
      DistributionFile name,
      StateDirectory.Received file,
      CoreMetadata metadata)
      implements AutoCloseable {

    @Override
    public void close() throws IOException {
      state.drop(file);
    }
  }

  private final StateDirectory state;

  PyPiUpload(StateDirectory state) {
    this.state = state;
  }

  /**
   * Receives and checks an upload.
   *
   * @throws Rejection 400 when PyPI would refuse it whatever it holds already
   */
  Upload receive(Request request) throws IOException {
    Map<String, String> type = parameters(request.header("Content-Type").orElse(""));
    if (!type.containsKey("multipart/form-data") || type.getOrDefault("boundary", "").isEmpty()
        || type.get("boundary").length() > MAX_BOUNDARY) {
      throw new Rejection(400, "the upload is no multipart form");
    }
    if (request.contentLength().orElse(0L) > MAX_FILE + MAX_FIELDS) {
      throw tooLarge();
    }
    Form form = new Form();
    boolean good = false;
    try {
      form.read(request, type.get("boundary"));
      Upload upload = checked(form);
      good = true;
      return upload;
    } catch (FileUploadException | IllegalArgumentException e) {
      throw new Rejection(400, "the multipart form is broken");
    } catch (EOFException e) {
      throw new Rejection(400, "the multipart form is cut off");
    } finally {
      if (!good && form.file != null) {
        state.drop(form.file);
      }
    }
  }

  private final class Form {
    private final Map<String, String> fields = new LinkedHashMap<>();
    private StateDirectory.Received file;
    private String fileName;
    private int size;

    void read(Request request, String boundary) throws IOException {
      MultipartInput input =
          MultipartInput.builder()
              .setInputStream(request.body())
              .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
              .get();
      input.setHeaderCharset(StandardCharsets.UTF_8);
      for (boolean next = input.skipPreamble(); next; next = input.readBoundary()) {
        Map<String, String> disposition = parameters(disposition(input.readHeaders()));
        String name = disposition.get("name");
        if (!disposition.containsKey("form-data") || name == null) {
          throw new Rejection(400, "a part of the form has no name");
        }
        if (name.equals("content") && disposition.containsKey("filename")) {
          if (file != null) {
            throw new Rejection(400, "the form has more than one file");
          }
          fileName = disposition.get("filename");
          file = state.receive(input::readBodyData, "SHA-256", "MD5");
        } else if (disposition.containsKey("filename")) {
          // Signatures and the like: PyPI takes no notice of them.
          input.discardBodyData();
        } else {
          field(name, input);
        }
      }
    }

    private void field(String name, MultipartInput input) throws IOException {
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      new Bounded(input.newInputStream(), MAX_FIELDS - size + 1L).transferTo(value);
      size += value.size();
      if (size > MAX_FIELDS) {
        throw new Rejection(413, "the form's fields are too large");
      }
      // Repeated fields (classifiers) do not matter here: the first one is kept.
      fields.putIfAbsent(name, value.toString(StandardCharsets.UTF_8));
    }
  }

  private Upload checked(Form form) throws IOException {
    Map<String, String> fields = form.fields;
    if (!fields.getOrDefault(":action", "").equals("file_upload")) {
      throw new Rejection(400, "Unknown action: expected file_upload");
    }
    if (!fields.getOrDefault("protocol_version", "").equals("1")) {
      throw new Rejection(400, "Unknown protocol version.");
    }
    if (form.file == null) {
      throw new Rejection(400, "Upload payload does not have a file.");
    }
    if (form.file.size() > MAX_FILE) {
      throw tooLarge();
    }
    demand(fields, "metadata_version", "name", "version", "filetype");
    DistributionFile name = DistributionFile.of(form.fileName);
    if (!PyPiShelf.normalized(fields.get("name")).equals(name.project())) {
      throw new Rejection(400, "Start filename for '" + PyPiShelf.normalized(fields.get("name")) + "' expected");
    }
    if (!PythonVersion.normal(fields.get("version")).equals(name.version())) {
      throw new Rejection(400, "Version in filename should be '" + PythonVersion.normal(fields.get("version"))
          + "' not '" + name.version() + "'.");
    }
    if (!fields.get("filetype").equals(name.wheel() ? "bdist_wheel" : "sdist")) {
      throw new Rejection(400, "Invalid value for filetype. Error: Use a known file type.");
    }
    checkDigests(fields, form.file);
    CoreMetadata metadata = CoreMetadata.of(form.file.file(), name);
    if (!metadata.is(name.project(), name.version())) {
      throw new Rejection(400, "Invalid distribution file. The metadata inside names " + metadata.shown());
    }
    return new Upload(state, fields, name, form.file, metadata);
  }

  private static void checkDigests(Map<String, String> fields, StateDirectory.Received file) {
    String sha256 = fields.get("sha256_digest");
    String md5 = fields.get("md5_digest");
    if (sha256 == null && md5 == null) {
      throw new Rejection(400, "Include at least one message digest.");
    }
    boolean same =
        (sha256 == null || sha256.equalsIgnoreCase(file.hex("SHA-256")))
            && (md5 == null || md5.equalsIgnoreCase(file.hex("MD5")));
    if (!same) {
      throw new Rejection(
          400, "The digest supplied does not match a digest calculated from the uploaded file.");
    }
  }

  private static Rejection tooLarge() {
    return new Rejection(400, "File too large. The limit for a file is " + (MAX_FILE >> 20) + " MB.");
  }

  private static void demand(Map<String, String> fields, String... names) {
    for (String name : names) {
      if (fields.getOrDefault(name, "").isBlank()) {
        throw new Rejection(400, "Invalid value for " + name + ". Error: This field is required.");
      }
    }
  }

  private static String disposition(String headers) {
    for (String line : headers.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        return line.substring("content-disposition:".length());
      }
    }
    return "";
  }

  private static Map<String, String> parameters(String header) {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return parser.parse(header.strip(), ';');
  }
}
