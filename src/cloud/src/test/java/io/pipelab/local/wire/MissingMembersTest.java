package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;

class MissingMembersTest {
  private static CreateTopicResponse careless(CreateTopicRequest request) {
    int length = request.name().length();
    request.tags().forEach(tag -> tag.value().length());
    return CreateTopicResponse.builder().topicArn("arn:" + length).build();
  }

  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static HttpResponse<String> answer(Actions actions, String form) throws Exception {
    try (TestGateway gateway = new TestGateway(List.of(), TestGateway.service("sns", actions))) {
      return gateway.query("sns", "Action=CreateTopic&" + form);
    }
  }

  @Test
  void whatIsRequiredAndMissingIsNamed() throws Exception {
    Actions actions = new Actions().on(CreateTopicRequest.class, MissingMembersTest::careless);
    HttpResponse<String> nothing = answer(actions, "");
    assertEquals(400, nothing.statusCode());
    assertTrue(nothing.body().contains("<Code>MissingParameter</Code>"), nothing.body());
    assertTrue(nothing.body().contains("the parameter Name."), nothing.body());

    HttpResponse<String> noValue = answer(actions, "Name=n&Tags.member.1.Key=k");
    assertEquals(400, noValue.statusCode());
    assertTrue(noValue.body().contains("the parameter Tags[].Value."), noValue.body());
  }

  @Test
  void aBugOverAWholeRequestStaysABug() throws Exception {
    Actions actions =
        new Actions()
            .on(
                CreateTopicRequest.class,
                request -> {
                  throw new Broken();
                });
    assertEquals(500, answer(actions, "Name=n").statusCode());
    assertEquals(
        200,
        answer(
                new Actions().on(CreateTopicRequest.class, MissingMembersTest::careless),
                "Name=n&Tags.member.1.Key=k&Tags.member.1.Value=v")
            .statusCode());
  }
}
