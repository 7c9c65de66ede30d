package io.pipelab.local.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** AWS Query: a form in, XML out. Clients of before 2023 speak it to SQS and CloudWatch too. */
final class QueryProtocol implements Protocol {
  /** Where the host in the XML namespace is not the signing name. */
  private static final Map<String, String> HOSTS = Map.of("sqs", "queue");

  @Override
  public String asked(WireRequest request) {
    String action = request.parameter("Action");
    return action == null ? "" : action;
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) {
    FormTree form = request.form();
    String action = form.text("Action");
    if (action == null) {
      action = "";
    }
    Operation operation =
        Protocol.named(
            table,
            action,
            "InvalidAction",
            "The action " + action + " is not valid for this web service.");
    SdkPojo builder = operation.newBuilder();
    new FormReader(names(table.service())).fill(form, builder);
    if (table.service().equals("sqs") && form.text("QueueUrl") == null) {
      queueUrlOfPath(request, builder);
    }
    return new Decoded(operation, (SdkPojo) ((Buildable) builder).build());
  }

  /** The first SQS clients posted to the queue's own URL and left the parameter out. */
  private static void queueUrlOfPath(WireRequest request, SdkPojo builder) {
    String path = request.call().rawPath();
    if (path.matches("/\\d{12}/[^/]+")) {
      builder.sdkFields().stream()
          .filter(field -> field.memberName().equals("QueueUrl"))
          .forEach(field -> field.set(builder, "http://" + request.header("Host") + path));
    }
  }

  @Override
  public Answer encode(
      WireRequest request, Operation operation, @Nullable SdkPojo response, String id) {
    String service = operation.prototype().getClass().getPackageName();
    String name = operation.name();
    MemberNames names = names(service.contains(".sqs.") ? "sqs" : "");
    XmlWriter xml = new XmlWriter(names);
    xml.open(name + "Response", namespace(request, operation.info().apiVersion()));
    xml.open(name + "Result");
    if (response != null) {
      xml.members(response);
    }
    xml.close(name + "Result");
    xml.open("ResponseMetadata").element("RequestId", id).close("ResponseMetadata");
    return answer(200, xml.close(name + "Response"));
  }

  @Override
  public Answer encode(WireRequest request, String service, Fault fault, String id)
      throws IOException {
    XmlWriter xml = new XmlWriter(MemberNames.QUERY);
    xml.open("ErrorResponse", namespace(request, null)).open("Error");
    xml.element("Type", fault.sender() ? "Sender" : "Receiver");
    xml.element("Code", FaultCodes.query(service, fault.code()));
    xml.element("Message", fault.message());
    xml.close("Error").element("RequestId", id);
    return answer(fault.status(), xml.close("ErrorResponse"));
  }

  private static MemberNames names(String service) {
    return service.equals("sqs") ? MemberNames.SQS : MemberNames.QUERY;
  }

  private static String namespace(WireRequest request, @Nullable String apiVersion) {
    String service = String.valueOf(request.call().signingName());
    String asked = request.parameter("Version");
    String version = asked == null ? String.valueOf(apiVersion) : asked;
    return "http://" + HOSTS.getOrDefault(service, service) + ".amazonaws.com/doc/" + version + "/";
  }

  static Answer answer(int status, XmlWriter xml) {
    return Answer.of(status, "text/xml", xml.toString().getBytes(StandardCharsets.UTF_8));
  }
}
