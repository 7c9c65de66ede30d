package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

class PojosTest {
  private static RegisterTaskDefinitionRequest bind(String properties) throws Exception {
    return Pojos.bind(
        (ObjectNode) JsonProtocol.MAPPER.readTree(properties),
        RegisterTaskDefinitionRequest.builder());
  }

  @Test
  void propertiesAreTheApisMembersInAnotherCase() throws Exception {
    RegisterTaskDefinitionRequest bound =
        bind("{\"Family\": \"f\", \"ContainerDefinitions\": [{\"Name\": \"c\"}]}");
    assertEquals("f", bound.family());
    assertEquals("c", bound.containerDefinitions().get(0).name());
  }

  @Test
  void whatTheActionDoesNotHonourFailsByName() {
    AwsError refused =
        assertThrows(
            AwsError.class,
            () -> bind("{\"ContainerDefinitions\": [{\"Name\": \"c\", \"User\": \"root\"}]}"));
    assertEquals(
        "pipelab's embedded cloud does not implement the member containerDefinitions.user of"
            + " ecs:RegisterTaskDefinition.",
        refused.getMessage());
  }

  @Test
  void whatTheApiDoesNotHaveIsInvalid() {
    AwsError refused = assertThrows(AwsError.class, () -> bind("{\"Familie\": \"f\"}"));
    assertEquals(
        "ValidationError: Unsupported property Familie",
        refused.code() + ": " + refused.getMessage());
  }
}
