package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterPatternTest {
  private static final String JSON =
      """
      {"level": "ERROR", "code": 500, "user": {"name": "ann", "tags": ["x", "y"]},
       "ok": false, "gone": null}
      """;

  private static final String ACCESS =
      "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`` | anything | true",
        "ERROR | an ERROR here | true",
        "ERROR | an error here | false",
        "ERROR Main | Main: ERROR | true",
        "ERROR Main | ERROR | false",
        "\"out of memory\" | java: out of memory | true",
        "\"out of memory\" | out of  memory | false",
        "\"say \\\"hi\\\"\" | they say \"hi\" now | true",
        "ERROR -timeout | ERROR | true",
        "ERROR -timeout | ERROR timeout | false",
        "-timeout | fine | true",
        "-\"task timed out\" | task timed out | false",
        "?ERROR ?WARN | WARN | true",
        "?ERROR ?WARN | INFO | false",
        "?ERROR ARG | ARG | true",
      },
      delimiter = '|')
  void matchesTerms(String pattern, String message, boolean matches) {
    assertEquals(matches, FilterPattern.parse(pattern).test(message));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{ $.level = \"ERROR\" } ; true",
        "{ $.level = ERROR } ; true",
        "{ $.level = \"ERR*\" } ; true",
        "{ $.level = \"WARN\" } ; false",
        "{ $.level != \"WARN\" } ; true",
        "{ $.missing != \"WARN\" } ; false",
        "{ $.code >= 500 } ; true",
        "{ $.code = 5e2 } ; true",
        "{ $.code < 500 } ; false",
        "{ $.user.name = \"ann\" && $.user.tags[1] = \"y\" } ; true",
        "{ $.user.tags[0] = \"y\" } ; false",
        "{ ($.code = 1 || $.code = 500) && $.ok IS FALSE } ; true",
        "{ $.code = 1 || $.code = 500 && $.ok IS TRUE } ; false",
        "{ $.gone IS NULL } ; true",
        "{ $.user.mail NOT EXISTS } ; true",
        "{ $.user.name NOT EXISTS } ; false",
      },
      delimiter = ';')
  void matchesJson(String pattern, boolean matches) {
    assertEquals(matches, FilterPattern.parse(pattern).test(JSON));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "[] ; true",
        "[ip, id, user, time, request, status, size] ; true",
        "[ip, id, user, time, request, status = 4*, size] ; true",
        "[ip, id, user, time, request, status = 5*, size] ; false",
        "[ip, id, user, time, request = \"GET /*, 1.0\", status, size] ; false",
        "[ip, id, user, time, request = *html*, status = 404 || status = 410, size] ; true",
        "[ip, id, user, time, request, status != 404 && status != 410, size] ; false",
        "[..., status = 404, size > 1000] ; true",
        "[..., status = 404, size > 2000] ; false",
        "[..., size > 1000, extra = x] ; false",
        "[ip = 127.0.0.1, ...] ; true",
        "[ip = 127.0.0.1, rest] ; true",
        "[ip, ..., size <= 1534] ; true",
        "[a, b, c, d, e, f, g, h] ; false",
      },
      delimiter = ';')
  void matchesFieldsBetweenSpaces(String pattern, boolean matches) {
    assertEquals(matches, FilterPattern.parse(pattern).test(ACCESS));
  }

  /** The example of TestMetricFilter's page. */
  @Test
  void namesTheFieldsBetweenSpaces() {
    LogPattern pattern =
        FilterPattern.parse("[ip, identity, user_id, timestamp, request, status_code, size]");
    assertEquals(
        Map.of(
            "$ip", "127.0.0.1",
            "$identity", "-",
            "$user_id", "frank",
            "$timestamp", "10/Oct/2000:13:25:15 -0700",
            "$request", "GET /index.html HTTP/1.0",
            "$status_code", "404",
            "$size", "1534"),
        pattern.extracted(ACCESS));
    assertEquals("404", pattern.field(ACCESS, "$status_code"));
    assertEquals(null, pattern.field("too short", "$status_code"));
    assertEquals(Map.of("$1", "a", "$2", "b c"), FilterPattern.parse("[]").extracted("a \"b c\""));
    assertEquals(
        Map.of("$time", "t", "$event", "all that is left"),
        FilterPattern.parse("[time, event]").extracted("t all that is left"));
  }

  @Test
  void findsTheFieldsOfJson() {
    LogPattern pattern = FilterPattern.parse("{ $.code = 500 && $.user.name = * }");
    assertEquals(Map.of("$.code", "500", "$.user.name", "ann"), pattern.extracted(JSON));
    assertEquals("y", pattern.field(JSON, "$.user.tags[1]"));
    assertEquals(null, pattern.field(JSON, "$.gone"));
    assertEquals(null, pattern.field(JSON, "$.user"));
  }

  @Test
  void neverMatchesJsonPatternsOnText() {
    assertEquals(false, FilterPattern.parse("{ $.a NOT EXISTS }").test("plain text"));
    assertEquals(false, FilterPattern.parse("{ $.a NOT EXISTS }").test("{ not json"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "foo-bar ; InvalidParameterException",
        "{ $.a ; InvalidParameterException",
        "{ $.a = } ; InvalidParameterException",
        "{ a = 1 } ; InvalidParameterException",
        "{ $.a > \"x\" } ; InvalidParameterException",
        "{ $.a = 1 $.b = 2 } ; InvalidParameterException",
        "[ip, user ; InvalidParameterException",
        "[ip, ..., user, ...] ; InvalidParameterException",
        "[ip = 1 && user = 2] ; InvalidParameterException",
        "[ip > abc] ; InvalidParameterException",
        "[ip = %x%] ; NotImplemented",
        "%ERR.*% ; NotImplemented",
        "{ $.a = %x% } ; NotImplemented",
      })
  void refusesWhatItCannotRead(String pattern, String code) {
    AwsError error = assertThrows(AwsError.class, () -> FilterPattern.parse(pattern));
    assertEquals(code, error.code());
  }
}
