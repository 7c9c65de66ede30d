package io.pipelab.local.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.AwsError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

class FilterPolicyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"store":["books"]}                          | {"store":"books"}            | true
          {"store":["books"]}                          | {"store":"toys"}             | false
          {"store":["books","toys"]}                   | {"store":"toys"}             | true
          {"store":["books"]}                          | {}                           | false
          {"store":[{"prefix":"bo"}]}                  | {"store":"books"}            | true
          {"store":[{"suffix":"ks"}]}                  | {"store":"books"}            | true
          {"store":[{"equals-ignore-case":"BOOKS"}]}   | {"store":"books"}            | true
          {"store":[{"anything-but":"books"}]}         | {"store":"toys"}             | true
          {"store":[{"anything-but":["books"]}]}       | {"store":"books"}            | false
          {"store":[{"anything-but":{"prefix":"b"}}]}  | {"store":"books"}            | false
          {"store":[{"wildcard":"b*k*"}]}              | {"store":"books"}            | true
          {"store":[{"wildcard":"b*k"}]}               | {"store":"books"}            | false
          {"store":[{"wildcard":"b.oks"}]}             | {"store":"books"}            | false
          {"store":[{"cidr":"10.0.0.0/24"}]}           | {"store":"10.0.0.255"}       | true
          {"store":[{"cidr":"10.0.0.0/24"}]}           | {"store":"10.0.1.0"}         | false
          {"store":[{"cidr":"2001:db8::/32"}]}         | {"store":"2001:db8:1::2"}    | true
          {"store":[{"cidr":"10.0.0.0/24"}]}           | {"store":"localhost"}        | false
          {"store":[{"exists":false}]}                 | {}                           | true
          {"store":[{"exists":true}]}                  | {"store":"x"}                | true
          {"price":[{"numeric":[">",0,"<=",10]}]}      | {"price":10}                 | true
          {"price":[{"numeric":[">",0,"<=",10]}]}      | {"price":10.5}               | false
          {"price":[{"numeric":["<",10]}]}             | {"price":9.5}                | true
          {"price":[{"numeric":["<",10]}]}             | {"price":10}                 | false
          {"price":[{"numeric":["<",10]}]}             | {"price":11}                 | false
          {"price":[{"numeric":["<=",10]}]}            | {"price":11}                 | false
          {"price":[{"numeric":[">",10]}]}             | {"price":10}                 | false
          {"price":[{"numeric":[">=",10]}]}            | {"price":10}                 | true
          {"price":[{"numeric":[">=",10]}]}            | {"price":9}                  | false
          {"price":[{"numeric":["=",10]}]}             | {"price":10.0}               | true
          {"price":[{"numeric":["=",10]}]}             | {"price":9}                  | false
          {"price":[10]}                               | {"price":10.0}               | true
          {"a":["1"],"b":["2"]}                        | {"a":"1"}                    | false
          {"$or":[{"a":["1"]},{"b":["2"]}]}            | {"b":"2"}                    | true
          {"kinds":["x"]}                              | {"kinds":["y","x"]}          | true
          {"deep":{"er":["x"]}}                        | {"deep":{"er":"x"}}          | true
          """)
  void matchesTheBody(String policy, String body, boolean expected) {
    assertEquals(expected, FilterPolicy.parse(policy).matchesBody(body));
  }

  @Test
  void matchesAttributesByTheirType() {
    FilterPolicy policy = FilterPolicy.parse("{\"size\":[{\"numeric\":[\">\",5]}],\"k\":[\"a\"]}");
    assertEquals(
        true,
        policy.matchesAttributes(
            Map.of("size", value("Number", "7"), "k", value("String.Array", "[\"a\",\"b\"]"))));
    assertEquals(false, policy.matchesAttributes(Map.of("size", value("String", "7"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1]", "{\"a\":\"b\"}", "{\"a\":[]}", "{\"a\":[{\"like\":\"x\"}]}", "{"})
  void refusesWhatIsNoPolicy(String policy) {
    assertEquals(
        "InvalidParameter", assertThrows(AwsError.class, () -> FilterPolicy.parse(policy)).code());
  }

  private static MessageAttributeValue value(String type, String text) {
    return MessageAttributeValue.builder().dataType(type).stringValue(text).build();
  }

  @Test
  void aBodysListOfObjectsIsLookedInto() {
    FilterPolicy created =
        FilterPolicy.parse("{\"Records\":{\"eventName\":[{\"prefix\":\"ObjectCreated:\"}]}}");

    assertTrue(
        created.matchesBody(
            "{\"Records\":[{\"eventName\":\"ObjectRemoved:Delete\"},"
                + "{\"eventName\":\"ObjectCreated:Put\"}]}"));
    assertFalse(created.matchesBody("{\"Records\":[{\"eventName\":\"ObjectRemoved:Delete\"}]}"));
    assertFalse(created.matchesBody("{\"Records\":[]}"));
    assertTrue(created.matchesBody("{\"Records\":{\"eventName\":\"ObjectCreated:Put\"}}"));
  }

  @Test
  void numbersCountToFiveDigitsBehindThePoint() {
    FilterPolicy price = FilterPolicy.parse("{\"price\":[{\"numeric\":[\"=\",1.000001]}]}");

    assertTrue(price.matchesBody("{\"price\":1.000002}"));
    assertFalse(price.matchesBody("{\"price\":1.00002}"));
  }
}
