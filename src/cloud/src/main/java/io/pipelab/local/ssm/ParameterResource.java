package io.pipelab.local.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** {@code AWS::SSM::Parameter}: String and StringList; CloudFormation makes no SecureString. */
final class ParameterResource implements ResourceType {
  private static final int MOST_NAME = 1011;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SSM::Parameter")
          .createOnly("Name")
          .properties("AllowedPattern", "DataType", "Description", "Tags", "Tier", "Type", "Value")
          .required("Type", "Value")
          .attributes("Type", "Value");

  private final Parameters parameters;
  private final PutParameter put;
  private final Caller caller;

  ParameterResource(CloudIdentity identity, Parameters parameters, PutParameter put) {
    this.parameters = parameters;
    this.put = put;
    this.caller =
        new Caller.ServicePrincipal(
            "cloudformation.amazonaws.com", identity.globalArn("iam", "root"));
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    String name = request.nameOr("Name", MOST_NAME);
    put(name, request, false);
    return made(name, request);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    put(current.physicalId(), after, true);
    return made(current.physicalId(), after);
  }

  private void put(String name, ResourceRequest request, boolean overwrite) {
    String type = request.text("Type");
    if (!"String".equals(type) && !"StringList".equals(type)) {
      throw AwsError.badRequest(
          "ValidationException",
          "#/Type: " + type + " is not a valid enum value: String or StringList");
    }
    put.put(
        PutParameterRequest.builder()
            .name(name)
            .type(type)
            .value(request.text("Value"))
            .description(orEmpty(request.text("Description"), overwrite))
            .allowedPattern(orEmpty(request.text("AllowedPattern"), overwrite))
            .tier(request.text("Tier"))
            .dataType(request.text("DataType"))
            .overwrite(overwrite)
            .build(),
        caller);
    parameters.change(name, parameter -> parameter.withTags(tags(request)));
  }

  /** A property that is gone from the template is taken away, not kept. */
  private static @Nullable String orEmpty(@Nullable String text, boolean overwrite) {
    return text == null && overwrite ? "" : text;
  }

  /** The type's tags are a map, unlike most types'. */
  private static Map<String, String> tags(ResourceRequest request) {
    Map<String, String> tags = new TreeMap<>(request.stackTags());
    for (Map.Entry<String, JsonNode> tag : request.properties().path("Tags").properties()) {
      tags.put(tag.getKey(), tag.getValue().asText());
    }
    return tags;
  }

  private static PhysicalResource made(String name, ResourceRequest request) {
    return PhysicalResource.of(name)
        .with("Type", Objects.requireNonNull(request.text("Type")))
        .with("Value", Objects.requireNonNull(request.text("Value")));
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    parameters.delete(current.physicalId());
  }
}
