package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** EventBridge with AWS's client: events reach the queues of the rules that wait for them. */
@Timeout(120)
final class EventBridgeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORDERS =
      "{\"source\":[\"shop\"],\"detail\":{\"total\":[{\"numeric\":[\">\",10]}]}}";

  private final TestCloud cloud;
  private final EventBridgeClient events;

  EventBridgeIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
    this.events = cloud.client(EventBridgeClient.builder());
  }

  @AfterEach
  void close() {
    events.close();
    cloud.close();
  }

  /** A queue that lets EventBridge in. */
  private String queue(String name) {
    String url = cloud.sqs.createQueue(r -> r.queueName(name)).queueUrl();
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
            + "\"events.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\""
            + arn(name)
            + "\"}]}";
    cloud.sqs.setQueueAttributes(
        r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
    return url;
  }

  private static String arn(String queue) {
    return "arn:aws:sqs:us-east-1:000000000000:" + queue;
  }

  private void rule(String name, String pattern, String queue) {
    events.putRule(r -> r.name(name).eventPattern(pattern));
    events.putTargets(r -> r.rule(name).targets(t -> t.id("1").arn(arn(queue))));
  }

  private static PutEventsRequestEntry entry(String source, String detail) {
    return PutEventsRequestEntry.builder()
        .source(source)
        .detailType("Order")
        .detail(detail)
        .build();
  }

  private PutEventsResponse put(PutEventsRequestEntry... entries) {
    return events.putEvents(r -> r.entries(entries));
  }

  private Message receive(String url) {
    List<Message> messages =
        cloud
            .sqs
            .receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20).messageAttributeNames("All"))
            .messages();
    assertEquals(1, messages.size());
    return messages.get(0);
  }

  private boolean isEmpty(String url) {
    return cloud.sqs.receiveMessage(r -> r.queueUrl(url)).messages().isEmpty();
  }

  private static String refused(String code, Executable call) {
    EventBridgeException refused = assertThrows(EventBridgeException.class, call);
    assertEquals(code, refused.awsErrorDetails().errorCode());
    return refused.awsErrorDetails().errorMessage();
  }

  @Test
  void eventsReachTheRulesThatWaitForThem() throws IOException {
    String url = queue("orders");
    rule("orders", ORDERS, "orders");
    PutEventsResponse response =
        put(
            entry("shop", "{\"total\":5}"),
            entry("other", "{\"total\":50}"),
            entry("shop", "{\"total\":50}"));
    assertEquals(0, response.failedEntryCount());
    JsonNode event = JSON.readTree(receive(url).body());
    assertEquals(response.entries().get(2).eventId(), event.path("id").asText());
    assertEquals("0", event.path("version").asText());
    assertEquals("Order", event.path("detail-type").asText());
    assertEquals("000000000000", event.path("account").asText());
    assertEquals("us-east-1", event.path("region").asText());
    assertEquals(50, event.path("detail").path("total").asInt());
    assertTrue(isEmpty(url), "the others matched nothing");
    events.disableRule(r -> r.name("orders"));
    put(entry("shop", "{\"total\":60}"));
    events.enableRule(r -> r.name("orders"));
    put(entry("shop", "{\"total\":70}"));
    assertEquals(70, JSON.readTree(receive(url).body()).path("detail").path("total").asInt());
  }

  @Test
  void entriesThatAreWrongAreNamed() {
    PutEventsResponse response =
        put(
            entry("aws.ec2", "{}"),
            entry("shop", "no json"),
            PutEventsRequestEntry.builder().source("shop").detailType("Order").build(),
            entry("shop", "{}").toBuilder().eventBusName("nowhere").build());
    assertEquals(3, response.failedEntryCount());
    assertEquals("NotAuthorizedForSourceException", response.entries().get(0).errorCode());
    assertEquals("MalformedDetail", response.entries().get(1).errorCode());
    assertEquals(
        "Parameter Detail is not valid. Reason: Detail is a required argument.",
        response.entries().get(2).errorMessage());
    assertNull(
        response.entries().get(3).errorCode(), "AWS says nothing of a bus that is not there");
  }

  @Test
  void aTargetGetsWhatItAskedFor() {
    String url = queue("shaped");
    events.putRule(r -> r.name("shape").eventPattern("{\"source\":[\"shop\"]}"));
    events.putTargets(
        r ->
            r.rule("shape")
                .targets(
                    t ->
                        t.id("1")
                            .arn(arn("shaped"))
                            .inputTransformer(
                                i ->
                                    i.inputPathsMap(Map.of("total", "$.detail.total"))
                                        .inputTemplate(
                                            "{\"sum\": <total>, \"by\": \"<aws.events.rule-name>\"}"))));
    put(entry("shop", "{\"total\":5}"));
    assertEquals("{\"sum\": 5, \"by\": \"shape\"}", receive(url).body());
    events.putTargets(
        r -> r.rule("shape").targets(t -> t.id("1").arn(arn("shaped")).inputPath("$.detail")));
    put(entry("shop", "{\"total\":6}"));
    assertEquals("{\"total\":6}", receive(url).body());
    assertEquals(
        "Only one of Input, InputPath, or InputTransformer must be provided for target 1.",
        refused(
            "ValidationException",
            () ->
                events.putTargets(
                    r ->
                        r.rule("shape")
                            .targets(
                                t -> t.id("1").arn(arn("shaped")).input("{}").inputPath("$")))));
  }

  @Test
  void whatCannotBeDeliveredIsADeadLetter() {
    String dead = queue("dead");
    cloud.sqs.createQueue(r -> r.queueName("closed"));
    events.putRule(r -> r.name("closed").eventPattern("{\"source\":[\"shop\"]}"));
    events.putTargets(
        r ->
            r.rule("closed")
                .targets(
                    t -> t.id("1").arn(arn("closed")).deadLetterConfig(d -> d.arn(arn("dead")))));
    put(entry("shop", "{}"));
    Message letter = receive(dead);
    assertEquals("NO_PERMISSIONS", letter.messageAttributes().get("ERROR_CODE").stringValue());
    assertEquals(
        "arn:aws:events:us-east-1:000000000000:rule/closed",
        letter.messageAttributes().get("RULE_ARN").stringValue());
  }

  @Test
  void aBusOfOnesOwnIsApart() {
    String url = queue("own");
    events.createEventBus(r -> r.name("own"));
    events.putRule(
        r -> r.name("all").eventBusName("own").eventPattern("{\"source\":[{\"prefix\":\"\"}]}"));
    events.putTargets(
        r -> r.rule("all").eventBusName("own").targets(t -> t.id("1").arn(arn("own"))));
    put(entry("shop", "{\"on\":\"default\"}"));
    put(entry("shop", "{\"on\":\"own\"}").toBuilder().eventBusName("own").build());
    assertTrue(receive(url).body().contains("\"on\":\"own\""));
    assertTrue(isEmpty(url));
    assertEquals(
        "Event bus own already exists.",
        refused("ResourceAlreadyExistsException", () -> events.createEventBus(r -> r.name("own"))));
    assertEquals(
        "Cannot delete event bus default.",
        refused("ValidationException", () -> events.deleteEventBus(r -> r.name("default"))));
  }

  @Test
  void aScheduleFires() throws IOException {
    String url = queue("ticks");
    events.putRule(r -> r.name("tick").scheduleExpression("rate(1 minute)"));
    events.putTargets(r -> r.rule("tick").targets(t -> t.id("1").arn(arn("ticks"))));
    JsonNode event = JSON.readTree(receive(url).body());
    assertEquals("Scheduled Event", event.path("detail-type").asText());
    assertEquals("aws.events", event.path("source").asText());
    assertEquals(
        "arn:aws:events:us-east-1:000000000000:rule/tick", event.path("resources").get(0).asText());
    assertEquals(
        "Parameter ScheduleExpression is not valid.",
        refused(
            "ValidationException",
            () -> events.putRule(r -> r.name("x").scheduleExpression("rate(1 minutes)"))));
    assertEquals(
        "Rule can't be deleted since it has targets.",
        refused("ValidationException", () -> events.deleteRule(r -> r.name("tick"))));
  }

  @Test
  void aStackHasARule() {
    String url = queue("stacked");
    cloud.stack(
        "rules",
        """
        {"Resources": {"Rule": {"Type": "AWS::Events::Rule", "Properties": {
          "EventPattern": {"source": ["shop"]},
          "Targets": [{"Id": "q", "Arn": "arn:aws:sqs:us-east-1:000000000000:stacked",
                       "InputPath": "$.detail"}]}}}}
        """);
    put(entry("shop", "{\"n\":1}"));
    assertEquals("{\"n\":1}", receive(url).body());
    cloud.delete("rules");
    assertEquals(List.of(), events.listRules(r -> {}).rules());
  }

  @Test
  void moreThanFiveTargetsAreRefused() {
    queue("many");
    events.putRule(r -> r.name("many").eventPattern("{\"source\":[\"shop\"]}"));
    List<Target> six =
        IntStream.range(0, 6)
            .mapToObj(i -> Target.builder().id("t" + i).arn(arn("many")).build())
            .toList();
    refused("LimitExceededException", () -> events.putTargets(r -> r.rule("many").targets(six)));
  }
}
