package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final PrintStream stream =
      VisibleText.stream(new PrintStream(terminal, true, StandardCharsets.UTF_8));

  @Test
  void whatSteersATerminalIsWrittenOut() {
    Map<String, String> shown =
        Map.of(
            "a\u001bc", "a\\u001bc",
            "\u009b2J", "\\u009b2J",
            "\u202egnp.exe", "\\u202egnp.exe",
            "\u2066x\u2069", "\\u2066x\\u2069",
            "\u007f\u0000\b", "\\u007f\\u0000\\u0008",
            "over\rwritten", "over\\u000dwritten",
            "tab\tand\nline\r\n", "tab\tand\nline\n",
            "é 漢字 \ud83d\ude00", "é 漢字 \ud83d\ude00");
    shown.forEach(
        (text, expected) -> {
          terminal.reset();
          stream.print(text);
          assertEquals(expected, terminal.toString(StandardCharsets.UTF_8));
        });
  }

  @Test
  void onlyOurOwnColoursBecomeEscapes() {
    stream.println(Style.of(true).good("ok \u001b[31mred") + "\u001b[32m");
    assertEquals(
        "\u001b[32mok \\u001b[31mred\u001b[0m\\u001b[32m\n",
        terminal.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aCharacterInPiecesStaysWhole() {
    byte[] bytes = "漢\u001b\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
    for (byte each : bytes) {
      stream.write(each);
    }
    stream.flush();
    assertEquals("漢\\u001b\ud83d\ude00", terminal.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aJsonDocumentStaysOneAndTheSame() throws IOException {
    String value = "a\u001b\u009b\u202e\u2028\"\\ é";
    Json.print(stream, Map.of("name", value));
    String printed = terminal.toString(StandardCharsets.UTF_8);
    assertEquals(VisibleText.of(printed), printed);
    assertEquals(value, new ObjectMapper().readTree(printed).path("name").asText());
  }

  @Test
  void aReaderThatIsGoneIsNoticed() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    PrintStream out = VisibleText.stream(new PrintStream(closed, true, StandardCharsets.UTF_8));
    out.println("line");
    assertTrue(out.checkError());
  }
}
