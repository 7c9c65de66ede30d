package io.pipelab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pipelab.drive.InvokeFunction.Invoked;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvokeTextTest {
  private static final String REPORT =
      "REPORT RequestId: r\tDuration: 1.50 ms\tBilled Duration: 302 ms\tMemory Size: 512 MB\t"
          + "Max Memory Used: 99 MB\tInit Duration: 300.00 ms\t";

  @Test
  void anAnswerWithItsLogAndFigures() {
    assertEquals(
        List.of(
            "answer of f 3",
            "  {",
            "    \"n\" : 1.10",
            "  }",
            "log, its last 4 KB at most",
            "  " + REPORT,
            "took 1.50 ms after an init of 300.00 ms, billed 302 ms, 99 of 512 MB"),
        lines(null, "{\"n\":1.10}", REPORT));
  }

  @Test
  void answersThatAreNoObject() {
    assertEquals(List.of("answer of f 3", "  (nothing)"), lines(null, ""));
    assertEquals(List.of("answer of f 3", "  \"done\""), lines(null, "\"done\""));
    assertEquals(List.of("answer of f 3", "  {broken"), lines(null, "{broken"));
  }

  @Test
  void anErrorWithItsTraceAndItsCause() {
    assertEquals(
        List.of(
            "error of f 3 (Unhandled)",
            "  a.B: no",
            "    a.B.c(B.java:1)",
            "  caused by d.E: why",
            "    d.E.f(E.java:2)"),
        lines(
            "Unhandled",
            "{\"errorType\":\"a.B\",\"errorMessage\":\"no\",\"stackTrace\":[\"a.B.c(B.java:1)\"],"
                + "\"cause\":{\"errorType\":\"d.E\",\"errorMessage\":\"why\","
                + "\"stackTrace\":[\"d.E.f(E.java:2)\"]}}"));
  }

  @Test
  void otherRuntimesErrors() {
    assertEquals(
        List.of("error of f 3 (Unhandled)", "  Error: no", "    at x.js:1"),
        lines(
            "Unhandled",
            "{\"errorType\":\"Error\",\"errorMessage\":\"no\",\"trace\":[\"  at x.js:1\"]}"));
    assertEquals(
        List.of("error of f 3 (Unhandled)", "  2026 r Task timed out after 3.00 seconds"),
        lines("Unhandled", "{\"errorMessage\":\"2026 r Task timed out after 3.00 seconds\"}"));
    assertEquals(List.of("error of f 3 (Unhandled)", "  no JSON"), lines("Unhandled", "no JSON"));
  }

  @Test
  void theDocumentHasTheSame() {
    Map<String, Object> json = InvokeText.json(new Invoked("r", 200, "3", null, "[1]", List.of()));
    assertNull(json.get("error"));
    assertNull(json.get("report"));
    assertEquals("[1]", String.valueOf(json.get("payload")));
  }

  private static List<String> lines(@Nullable String error, String payload, String... log) {
    return InvokeText.lines(
        "f", new Invoked("r", 200, "3", error, payload, List.of(log)), Style.of(false));
  }
}
