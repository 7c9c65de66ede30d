package io.pipelab.local.lambda.polling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.model.Message;

final class BatchAnswerTest {
  private static final List<Message> BATCH =
      List.of(
          Message.builder().messageId("a").build(),
          Message.builder().messageId("b").build(),
          Message.builder().messageId("null").build());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"batchItemFailures": []}                                              | 3
          {"batchItemFailures": null}                                            | 3
          {}                                                                     | 3
          null                                                                   | 3
          ''                                                                     | 3
          {"batchItemFailures": [{"itemIdentifier": "a"}]}                       | 2
          {"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "b"}]} | 1
          {"batchItemFailures": [{"itemIdentifier": ""}]}                        | 0
          {"batchItemFailures": [{"itemIdentifier": null}]}                      | 0
          {"batchItemFailures": [{"id": "a"}]}                                   | 0
          {"batchItemFailures": [{"itemIdentifier": "c"}]}                       | 0
          {"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "c"}]} | 0
          {"batchItemFailures": "a"}                                             | 0
          "done"                                                                 | 0
          {"batchItemFailures": [                                                | 0
          """)
  void whatIsDoneWith(String answer, int messages) {
    assertEquals(messages, BatchAnswer.succeeded(BATCH, answer.getBytes(UTF_8)).size());
  }
}
