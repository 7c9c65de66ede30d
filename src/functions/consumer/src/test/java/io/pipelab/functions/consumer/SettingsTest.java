package io.pipelab.functions.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final Map<String, String> environment =
      new HashMap<>(Map.of("QUEUE_URL", "http://q", "TABLE_NAME", "t", "HOSTNAME", "ip-10-0-0-1"));

  @Test
  void hasDefaults() {
    assertEquals(
        new Settings("http://q", "t", Duration.ofSeconds(1), 3, 10, "ip-10-0-0-1"),
        Settings.of(environment));
  }

  @Test
  void readsNumbers() {
    environment.putAll(Map.of("PROCESSING_MILLIS", "0", "EMPTY_POLLS", " 5 ", "WAIT_SECONDS", "1"));
    assertEquals(
        new Settings("http://q", "t", Duration.ZERO, 5, 1, "ip-10-0-0-1"),
        Settings.of(environment));
  }

  @Test
  void namesTheVariableThatIsMissing() {
    environment.remove("TABLE_NAME");
    assertEquals("TABLE_NAME is not set", refusal());
  }

  @Test
  void namesTheVariableThatIsWrong() {
    environment.put("WAIT_SECONDS", "21");
    assertEquals("WAIT_SECONDS must be a whole number from 0 to 20, not '21'", refusal());
    environment.put("WAIT_SECONDS", "soon");
    assertEquals("WAIT_SECONDS must be a whole number from 0 to 20, not 'soon'", refusal());
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Settings.of(environment)).getMessage());
  }
}
