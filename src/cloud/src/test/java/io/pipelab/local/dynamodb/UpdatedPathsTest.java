package io.pipelab.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class UpdatedPathsTest {
  /** {@code {a: {b: dog, c: [1, 2, 3], e: {f: 4, g: 5}}, d: cat}}. */
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "a",
          AttributeValue.fromM(
              Map.of(
                  "b",
                  AttributeValue.fromS("dog"),
                  "c",
                  AttributeValue.fromL(
                      List.of(
                          AttributeValue.fromN("1"),
                          AttributeValue.fromN("2"),
                          AttributeValue.fromN("3"))),
                  "e",
                  AttributeValue.fromM(
                      Map.of("f", AttributeValue.fromN("4"), "g", AttributeValue.fromN("5"))))),
          "d",
          AttributeValue.fromS("cat"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SET a.b = :v                                       | {a={b=dog}}
          set a.c[1] = :v                                    | {a={c=[2]}}
          SET a.c[2] = :v, a.c[0] = :w, a.b = :x             | {a={b=dog, c=[1, 3]}}
          SET d = :v                                         | {d=cat}
          SET a = :v                                         | {a={b=dog, c=[1, 2, 3], e={f=4, g=5}}}
          SET a.c[9] = :v                                    | {}
          REMOVE a.c[1], a.c[3]                              | {a={c=[2]}}
          REMOVE a.b SET d = :v                              | {a={b=dog}, d=cat}
          ADD a.e.f :one DELETE a.e.g :set                   | {a={e={f=4, g=5}}}
          SET a.e.f = if_not_exists(a.e.g, :v), d = :w       | {a={e={f=4}}, d=cat}
          SET a.c = list_append(a.c, :v)                     | {a={c=[1, 2, 3]}}
          SET a.e.f = a.e.g + :v                             | {a={e={f=4}}}
          SET #a.#b = :v                                     | {a={b=dog}}
          SET x = :v                                         | {}
          """)
  void onlyWhatWasWrittenIsLeft(String expression, String expected) {
    Map<String, String> names = Map.of("#a", "a", "#b", "b");
    assertEquals(expected, text(UpdatedPaths.of(expression, names).of(ITEM)));
  }

  @Test
  void aNameWithADotIsOneName() {
    Map<String, AttributeValue> item = Map.of("a.b", AttributeValue.fromS("x"));
    assertEquals("{a.b=x}", text(UpdatedPaths.of("SET #n = :v", Map.of("#n", "a.b")).of(item)));
  }

  private static String text(Map<String, AttributeValue> members) {
    TreeMap<String, String> sorted = new TreeMap<>();
    members.forEach((name, value) -> sorted.put(name, text(value)));
    return sorted.toString();
  }

  private static String text(AttributeValue value) {
    return switch (value.type()) {
      case M -> text(value.m());
      case L -> value.l().stream().map(UpdatedPathsTest::text).toList().toString();
      case N -> value.n();
      default -> value.s();
    };
  }
}
