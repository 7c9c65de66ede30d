package io.pipelab.local.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** EC2's variant of AWS Query: flat lists in the form, no result element in the XML. */
final class Ec2Protocol implements Protocol {
  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

  @Override
  public String asked(WireRequest request) {
    String action = request.parameter("Action");
    return action == null ? "" : action;
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) {
    FormTree form = request.form();
    String action = asked(request);
    Operation operation =
        Protocol.named(
            table,
            action,
            "InvalidAction",
            "The action " + action + " is not valid for this web service.");
    SdkPojo builder = operation.newBuilder();
    new FormReader(MemberNames.EC2).fill(form, builder);
    return new Decoded(operation, (SdkPojo) ((Buildable) builder).build());
  }

  @Override
  public Answer encode(
      WireRequest request, Operation operation, @Nullable SdkPojo response, String id) {
    String element = operation.name() + "Response";
    XmlWriter xml = new XmlWriter(MemberNames.EC2).open(element, NAMESPACE);
    xml.element("requestId", id);
    if (response == null || response.sdkFields().isEmpty()) {
      xml.element("return", "true");
    } else {
      xml.members(response);
    }
    return answer(200, xml.close(element));
  }

  @Override
  public Answer encode(WireRequest request, String service, Fault fault, String id) {
    XmlWriter xml = new XmlWriter(MemberNames.EC2).open("Response").open("Errors").open("Error");
    xml.element("Code", fault.code()).element("Message", fault.message());
    xml.close("Error").close("Errors").element("RequestID", id);
    return answer(fault.status(), xml.close("Response"));
  }

  private static Answer answer(int status, XmlWriter xml) {
    byte[] body =
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(StandardCharsets.UTF_8);
    return Answer.of(status, "text/xml;charset=UTF-8", body);
  }
}
