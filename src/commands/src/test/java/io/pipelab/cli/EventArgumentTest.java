package io.pipelab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventArgumentTest {
  private static final Map<String, String> OUTPUTS = Map.of("BucketName", "a \"bucket\"");

  @TempDir Path folder;

  @Test
  void aFileStandardInputOrJson() throws IOException {
    Path file = Files.writeString(folder.resolve("e.json"), "{\"a\": \"é\"}");
    assertEquals("{\"a\": \"é\"}", text(file.toString(), ""));
    assertEquals("[1]", text("-", "[1]"));
    assertEquals("42", text("42", ""));
    assertEquals("{}", text("{}", ""));
  }

  @Test
  void outputsOfTheLabStayOneTextOfJson() {
    assertEquals(
        "{\"b\": \"s3://a \\\"bucket\\\"/${other}\"}",
        text("{\"b\": \"s3://${outputs.BucketName}/${other}\"}", ""));
  }

  @Test
  void anOutputThatIsNotThere() {
    Failure failure = assertThrows(Failure.class, () -> text("\"${outputs.BucketNam}\"", ""));
    assertEquals(Failure.Kind.USAGE, failure.kind());
    assertTrue(failure.what().contains("did you mean \"BucketName\"?"), failure::what);
  }

  @Test
  void whatIsNotJson() {
    for (String given : List.of("", "{", "nowhere.json", "{} {}", "a\0b", "-")) {
      Failure failure = assertThrows(Failure.class, () -> text(given, "{'a'}"), given);
      assertEquals(Failure.Kind.USAGE, failure.kind());
    }
    Failure missing = assertThrows(Failure.class, () -> text("nowhere.json", ""));
    assertTrue(missing.what().contains("there is no file nowhere.json"), missing::what);
  }

  @Test
  void whatIsLargerThanAnyEventIsNotRead() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };
    assertThrows(Failure.class, () -> EventArgument.of("-", endless));
  }

  /**
   * Each sample is JSON, also with the lab's outputs in it, and asks for none that is not there.
   */
  @Test
  void theSamplesAskForOutputsThatTheLabsHave() throws IOException {
    List<Path> events;
    try (Stream<Path> files = Files.walk(Path.of("samples"))) {
      events = files.filter(file -> file.toString().endsWith("-event.json")).toList();
    }
    assertTrue(events.size() >= 4, events::toString);
    for (Path event : events) {
      String lab = event.getName(1).toString();
      byte[] filled =
          EventArgument.of(event.toString(), InputStream.nullInputStream())
              .with(outputsOf(Path.of("templates", lab, lab + ".yaml")));
      new ObjectMapper().readTree(filled);
    }
  }

  private static Map<String, String> outputsOf(Path template) throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    List<String> lines = Files.readAllLines(template);
    lines.subList(lines.indexOf("Outputs:") + 1, lines.size()).stream()
        .filter(line -> line.matches("  [A-Za-z0-9]+:"))
        .forEach(line -> outputs.put(line.strip().replace(":", ""), "a \"value\""));
    return outputs;
  }

  private static String text(String given, String in) {
    EventArgument event =
        EventArgument.of(given, new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)));
    return new String(event.with(OUTPUTS), StandardCharsets.UTF_8);
  }
}
