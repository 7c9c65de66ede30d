package io.pipelab.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

class KeyConditionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k = :a                          | k
          k = :a AND s > :b               | k,s
          #k = :and and begins_with(s,:b) | key,s
          k=:k AND (s BETWEEN :k AND :b)  | k,s
          """)
  void itsAttributesAreNamed(String expression, String names) {
    QueryRequest request =
        QueryRequest.builder()
            .keyConditionExpression(expression)
            .expressionAttributeNames(Map.of("#k", "key"))
            .build();
    assertEquals(List.of(names.split(",")), KeyCondition.names(request));
  }
}
