package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.Pojos;
import io.pipelab.local.wire.SameMembers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListTagsRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.TagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** AWS::Lambda::Function. */
final class FunctionResource implements ResourceType {
  private static final String RESERVED = "ReservedConcurrentExecutions";

  /** What UpdateFunctionConfiguration does not take. */
  private static final List<String> NOT_CONFIGURATION =
      List.of("Code", "Tags", RESERVED, "PackageType", "Architectures", "FunctionName");

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::Function")
          .createOnly("FunctionName", "PackageType")
          .properties(
              "Architectures",
              "Code",
              "DeadLetterConfig",
              "Description",
              "Environment",
              "EphemeralStorage",
              "Handler",
              "ImageConfig",
              "Layers",
              "LoggingConfig",
              "MemorySize",
              RESERVED,
              "Role",
              "Runtime",
              "SnapStart",
              "Tags",
              "Timeout",
              "TracingConfig",
              "VpcConfig")
          .required("Code", "Role")
          .attributes("Arn");

  private final FunctionActions functions;
  private final ConcurrencyActions concurrency;
  private final TagActions tags;

  FunctionResource(FunctionActions functions, ConcurrencyActions concurrency, TagActions tags) {
    this.functions = functions;
    this.concurrency = concurrency;
    this.tags = tags;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    refuseInlineCode(request);
    ObjectNode properties = request.properties().deepCopy();
    properties.remove(List.of("Tags", RESERVED));
    properties.put("FunctionName", request.nameOr("FunctionName", 64));
    CreateFunctionRequest create = Pojos.bind(properties, CreateFunctionRequest.builder());
    CreateFunctionResponse created =
        functions.createFunction(create.toBuilder().tags(request.tags()).build());
    try {
      requireStable(created.functionName());
      reserve(created.functionName(), request);
    } catch (AwsError e) {
      functions.deleteFunction(delete(created.functionName()));
      throw e;
    }
    return PhysicalResource.of(created.functionName()).with("Arn", created.functionArn());
  }

  private void requireStable(String function) {
    FunctionStates.requireStable(
        functions
            .getFunction(GetFunctionRequest.builder().functionName(function).build())
            .configuration());
  }

  private static void refuseInlineCode(ResourceRequest request) {
    if (request.properties().path("Code").has("ZipFile")) {
      throw AwsError.notImplemented(
          "inline function code (Code.ZipFile), which AWS offers for Node.js and Python alone;"
              + " use Code.S3Bucket and Code.S3Key");
    }
  }

  private void reserve(String function, ResourceRequest request) {
    String reserved = request.text(RESERVED);
    if (reserved != null) {
      concurrency.putFunctionConcurrency(
          PutFunctionConcurrencyRequest.builder()
              .functionName(function)
              .reservedConcurrentExecutions(Integer.valueOf(reserved))
              .build());
    }
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    refuseInlineCode(after);
    String function = current.physicalId();
    JsonNode code = after.properties().path("Code");
    if (!code.equals(before.properties().path("Code"))) {
      FunctionCode source = Pojos.bind(code.deepCopy(), FunctionCode.builder());
      functions.updateFunctionCode(
          SameMembers.copy(source, UpdateFunctionCodeRequest.builder())
              .functionName(function)
              .build());
      requireStable(function);
    }
    ObjectNode settings = settings(after);
    if (!settings.equals(settings(before))) {
      UpdateFunctionConfigurationRequest change =
          Pojos.bind(settings, UpdateFunctionConfigurationRequest.builder());
      functions.updateFunctionConfiguration(change.toBuilder().functionName(function).build());
      requireStable(function);
    }
    updateConcurrency(function, before, after);
    updateTags(function, after.tags());
    return current;
  }

  /** The configuration, with AWS's defaults for what the template does not set. */
  private static ObjectNode settings(ResourceRequest request) {
    ObjectNode settings = request.properties().objectNode();
    settings.put("Description", "").put("MemorySize", 128).put("Timeout", 3);
    settings.putObject("Environment").putObject("Variables");
    settings.putObject("DeadLetterConfig").put("TargetArn", "");
    settings.putObject("EphemeralStorage").put("Size", 512);
    settings.putObject("SnapStart").put("ApplyOn", "None");
    if ("Image".equals(request.text("PackageType"))) {
      settings.putObject("ImageConfig");
    } else {
      settings.putArray("Layers");
    }
    ObjectNode vpc = settings.putObject("VpcConfig");
    vpc.putArray("SubnetIds");
    vpc.putArray("SecurityGroupIds");
    settings.setAll(request.properties());
    return settings.remove(NOT_CONFIGURATION);
  }

  private void updateConcurrency(String function, ResourceRequest before, ResourceRequest after) {
    if (Objects.equals(before.text(RESERVED), after.text(RESERVED))) {
      return;
    }
    if (after.text(RESERVED) == null) {
      concurrency.deleteFunctionConcurrency(
          DeleteFunctionConcurrencyRequest.builder().functionName(function).build());
    } else {
      reserve(function, after);
    }
  }

  private void updateTags(String function, Map<String, String> wanted) {
    Map<String, String> present =
        tags.listTags(ListTagsRequest.builder().resource(function).build()).tags();
    List<String> gone = present.keySet().stream().filter(key -> !wanted.containsKey(key)).toList();
    tags.untagResource(UntagResourceRequest.builder().resource(function).tagKeys(gone).build());
    tags.tagResource(TagResourceRequest.builder().resource(function).tags(wanted).build());
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(() -> functions.deleteFunction(delete(current.physicalId())));
  }

  private static DeleteFunctionRequest delete(String name) {
    return DeleteFunctionRequest.builder().functionName(name).build();
  }
}
