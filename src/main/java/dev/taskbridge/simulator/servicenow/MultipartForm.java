package dev.taskbridge.simulator.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code multipart/form-data} body with one file. */
record MultipartForm(Map<String, String> fields, File file) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"?([^\";\r]+)\"?");
  private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([^\";\r]+)\"?");
  private static final Pattern TYPE = Pattern.compile("(?i)content-type:\\s*([^\r]+)");

  record File(String name, String type, byte[] content) {}

  static MultipartForm read(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw Errors.badRequest("Invalid payload", "multipart/form-data with a boundary expected");
    }
    Map<String, String> fields = new HashMap<>();
    File file = new File("", "", new byte[0]);
    // Latin-1 maps every byte to one character and back, so binary parts survive the splitting.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (String part : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      int head = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(part);
      if (head >= 0 && name.find()) {
        String content = part.substring(head + 4, Math.max(head + 4, part.length() - 2));
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        Matcher fileName = FILE_NAME.matcher(part.substring(0, head));
        if (fileName.find()) {
          Matcher type = TYPE.matcher(part.substring(0, head));
          file =
              new File(
                  fileName.group(1),
                  type.find() ? type.group(1) : "application/octet-stream",
                  bytes);
        } else {
          fields.put(name.group(1), new String(bytes, StandardCharsets.UTF_8));
        }
      }
    }
    return new MultipartForm(fields, file);
  }
}
