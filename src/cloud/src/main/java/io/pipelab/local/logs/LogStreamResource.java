package io.pipelab.local.logs;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;

/** {@code AWS::Logs::LogStream}. */
final class LogStreamResource implements ResourceType {
  private static final int MAX_NAME = 512;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Logs::LogStream")
          .createOnly("LogGroupName", "LogStreamName")
          .required("LogGroupName");

  private final StreamActions streams;

  LogStreamResource(StreamActions streams) {
    this.streams = streams;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = request.nameOr("LogStreamName", MAX_NAME);
    streams.createLogStream(
        CreateLogStreamRequest.builder()
            .logGroupName(request.text("LogGroupName"))
            .logStreamName(name)
            .build());
    return PhysicalResource.of(name);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return current; // every property replaces it
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    try {
      streams.deleteLogStream(
          DeleteLogStreamRequest.builder()
              .logGroupName(last.text("LogGroupName"))
              .logStreamName(current.physicalId())
              .build());
    } catch (AwsError e) {
      if (!e.code().equals("ResourceNotFoundException")) {
        throw e;
      }
    }
  }
}
