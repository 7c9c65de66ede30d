package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** A CloudWatch Logs of its own for a test, with a clock that stands still and one group. */
final class Logged {
  static final String GROUP = "/aws/lambda/fasttrack-saa";
  static final String ARN =
      "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/fasttrack-saa";

  final ManualClock clock = new ManualClock();
  final long start = clock.now().toEpochMilli();
  final Logs logs =
      new Logs(
          new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:4566")),
          clock);

  Logged() {
    call(CreateLogGroupRequest.builder().logGroupName(GROUP).build());
  }

  /** Calls an action as the gateway does. */
  @SuppressWarnings("unchecked")
  <O extends SdkPojo> O call(SdkPojo request) {
    Action<SdkPojo, O> action =
        (Action<SdkPojo, O>) logs.actions().byRequest().get(request.getClass());
    assertNotNull(action);
    return action.handle(request, new Caller.Operator("arn:aws:iam::000000000000:root", "test"));
  }

  /** Expects a refusal with that code and returns it. */
  AwsError refused(String code, SdkPojo request) {
    AwsError error = assertThrows(AwsError.class, () -> call(request));
    assertEquals(code, error.code(), error.getMessage());
    return error;
  }

  void append(String stream, String... lines) {
    logs.append(GROUP, stream, Arrays.asList(lines));
  }

  List<LogGroup> groups(DescribeLogGroupsRequest.Builder request) {
    DescribeLogGroupsResponse response = call(request.build());
    return response.logGroups();
  }
}
