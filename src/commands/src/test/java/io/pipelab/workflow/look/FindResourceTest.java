package io.pipelab.workflow.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;
import io.pipelab.verify.FakeAws;
import io.pipelab.workflow.look.FindResource.Found;
import io.pipelab.workflow.look.FindResource.Kind;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

class FindResourceTest {
  private static final LabCopy FIRST = new LabCopy("demo", "");
  private static final LabCopy SECOND = new LabCopy("demo", "two");
  private static final String URL = "http://h/1/jobs";

  private final FakeAws aws =
      new FakeAws()
          .on(
              DescribeStacksRequest.class,
              DescribeStacksResponse.builder()
                  .stacks(stack("s1", FIRST, URL), stack("s2", SECOND, "http://h/1/two-jobs"))
                  .build())
          .on(
              ListStackResourcesRequest.class,
              request ->
                  ListStackResourcesResponse.builder()
                      .stackResourceSummaries(
                          resource(
                              "AWS::SQS::Queue",
                              "JobQueue",
                              request.stackName().equals("s1") ? URL : "http://h/1/two-jobs"),
                          resource("AWS::SQS::Queue", "Half", ""),
                          resource("AWS::SQS::Queue", "Removed", "http://h/1/removed").toBuilder()
                              .resourceStatus("DELETE_COMPLETE")
                              .build(),
                          resource("AWS::Lambda::Function", "Work", "jobs"))
                      .build());

  @ParameterizedTest
  @ValueSource(strings = {"jobs", URL, "arn:aws:sqs:us-east-1:1:jobs", "JobQueue", "Url", "Arn"})
  void aQueueOfOneCopyIsKnownByManyNames(String name) {
    Found found = find(FIRST::equals).named(name);
    assertEquals(URL, found.id());
    assertEquals("jobs", found.name());
    assertEquals(FIRST, found.copy());
    assertEquals(List.of("Arn", "Url"), found.outputs());
    assertEquals("x", found.values().get("Other"));
  }

  @Test
  void theCopysPrefixCanBeLeftOut() {
    assertEquals("two-jobs", find(SECOND::equals).named("jobs").name());
  }

  @Test
  void aWholeNameIsMeantBeforeAPart() {
    assertEquals(FIRST, find(copy -> true).named("jobs").copy());
    assertEquals(SECOND, find(copy -> true).named("two-jobs").copy());
  }

  @Test
  void whatSeveralAreCalledNamesThem() {
    Failure failure = assertThrows(Failure.class, () -> find(copy -> true).named("JobQueue"));
    assertEquals(Failure.Kind.USAGE, failure.kind());
    assertEquals("demo: jobs (JobQueue); demo --instance two: two-jobs (JobQueue)", failure.why());
  }

  @Test
  void whatNothingIsCalledNamesTheNearest() {
    Failure failure = assertThrows(Failure.class, () -> find(FIRST::equals).named("jop"));
    assertTrue(failure.what().contains("did you mean \"jobs\"?"), failure::what);
    assertEquals("demo: jobs (JobQueue)", failure.why());
  }

  @Test
  void nothingIsUp() {
    Failure failure = assertThrows(Failure.class, () -> find(copy -> false));
    assertEquals("no lab is up on local", failure.what());
  }

  private FindResource find(Predicate<LabCopy> copies) {
    Cloud cloud =
        new Cloud(new Target.Local(null), aws, Poller.near(), Deadline.in(Duration.ofMinutes(1)));
    return FindResource.among(copies, Kind.QUEUE, cloud);
  }

  private static Stack stack(String name, LabCopy copy, String url) {
    Map<String, String> outputs =
        Map.of(
            "Url",
            url,
            "Arn",
            "arn:aws:sqs:us-east-1:1:" + url.replaceFirst(".*/", ""),
            "Other",
            "x");
    return Stack.builder()
        .stackName(name)
        .stackStatus("CREATE_COMPLETE")
        .tags(
            tag("pipelab:lab", copy.lab()),
            tag("pipelab:instance", copy.instance().isEmpty() ? "-" : copy.instance()))
        .outputs(
            outputs.entrySet().stream()
                .map(e -> Output.builder().outputKey(e.getKey()).outputValue(e.getValue()).build())
                .toList())
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static StackResourceSummary resource(String type, String logicalId, String id) {
    return StackResourceSummary.builder()
        .resourceType(type)
        .logicalResourceId(logicalId)
        .physicalResourceId(id)
        .build();
  }
}
