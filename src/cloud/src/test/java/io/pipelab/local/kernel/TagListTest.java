package io.pipelab.local.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagListTest {
  private static Map<String, String> read(List<Map<String, String>> tags) {
    return TagList.read(tags, tag -> tag.get("Key"), tag -> tag.get("Value"), "ValidationError");
  }

  @Test
  void theLastOfOneKeyCounts() {
    assertEquals(
        Map.of("a", "2", "b", ""),
        read(
            List.of(
                Map.of("Key", "a", "Value", "1"),
                Map.of("Key", "b", "Value", ""),
                Map.of("Key", "a", "Value", "2"))));
  }

  @Test
  void aTagWithoutAValueIsRefusedByItsPlace() {
    List<Map<String, String>> tags = List.of(Map.of("Key", "a", "Value", "1"), Map.of("Key", "b"));
    AwsError error = assertThrows(AwsError.class, () -> read(tags));
    assertEquals("ValidationError", error.code());
    assertEquals(400, error.status());
    assertEquals(
        "1 validation error detected: Value null at 'tags.2.member.value' failed to satisfy"
            + " constraint: Member must not be null",
        error.getMessage());
    assertThrows(AwsError.class, () -> read(List.of(Map.of("Value", "1"))));
  }

  @Test
  void whatComesOnTopWinsAndNothingIsChangedInPlace() {
    Map<String, String> tags = new HashMap<>(Map.of("a", "1", "b", "2"));
    assertEquals(Map.of("a", "1", "b", "3"), TagList.merged(tags, Map.of("b", "3")));
    assertEquals(Map.of("b", "2"), TagList.without(tags, List.of("a", "c")));
    assertEquals(Map.of("a", "1", "b", "2"), tags);
    assertEquals(List.of("a=1", "b=2"), TagList.write(tags, (key, value) -> key + "=" + value));
  }
}
