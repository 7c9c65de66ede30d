package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterPatternTest {
  private static final String JSON =
      """
      {"level": "ERROR", "code": 500, "user": {"name": "ann", "tags": ["x", "y"]},
       "ok": false, "gone": null}
      """;

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
        "[ip, user] ; NotImplemented",
        "%ERR.*% ; NotImplemented",
        "{ $.a = %x% } ; NotImplemented",
      })
  void refusesWhatItCannotRead(String pattern, String code) {
    AwsError error = assertThrows(AwsError.class, () -> FilterPattern.parse(pattern));
    assertEquals(code, error.code());
  }
}
