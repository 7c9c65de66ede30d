package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateResourceTest {
  @TempDir Path folder;

  @Test
  void readsTheNamesThatAreKnownBeforeTheDeployment() throws IOException {
    Path template =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            Resources:
              Plain: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
              Short:
                Type: AWS::IAM::Role
                Properties: {RoleName: !Sub "${Prefix}role"}
              Long:
                Type: AWS::SNS::Topic
                Properties: {TopicName: {"Fn::Sub": "${Prefix}t-${AWS::Region}"}}
              Referred:
                Type: AWS::DynamoDB::Table
                Properties: {TableName: !Ref Prefix}
              Later:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Sub "${Plain.QueueName}-2"}
              Computed:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Join ["-", [a, b]]}
              Unnamed: {Type: AWS::SQS::Queue}
            """);

    List<TemplateResource> resources =
        TemplateResource.in(template, Map.of("Prefix", "two-", "AWS::Region", "eu-west-1"));

    assertEquals(
        List.of(
            new TemplateResource("Plain", "AWS::SQS::Queue", Optional.of("jobs")),
            new TemplateResource("Short", "AWS::IAM::Role", Optional.of("two-role")),
            new TemplateResource("Long", "AWS::SNS::Topic", Optional.of("two-t-eu-west-1")),
            new TemplateResource("Referred", "AWS::DynamoDB::Table", Optional.of("two-")),
            new TemplateResource("Later", "AWS::SQS::Queue", Optional.empty()),
            new TemplateResource("Computed", "AWS::SQS::Queue", Optional.empty()),
            new TemplateResource("Unnamed", "AWS::SQS::Queue", Optional.empty())),
        resources);
  }
}
