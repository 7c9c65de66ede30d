package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** Bodies that would cost more than their length, and a large one that must not. */
class CostlyBodiesTest {
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "sqs",
              new Actions()
                  .on(
                      ReceiveMessageRequest.class,
                      request -> ReceiveMessageResponse.builder().build())),
          TestGateway.service(
              "lambda",
              new Actions()
                  .on(
                      UpdateFunctionCodeRequest.class,
                      request ->
                          UpdateFunctionCodeResponse.builder()
                              .codeSize((long) request.zipFile().asByteArrayUnsafe().length)
                              .build())));

  @AfterEach
  void close() {
    gateway.close();
  }

  private static void refused(HttpResponse<String> answer, String message) {
    assertEquals(400, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(message), answer.body());
  }

  @Test
  void aTagOfATag() {
    byte[] tags = new byte[1 << 20];
    Arrays.fill(tags, (byte) 0xC1);
    AwsError refused = assertThrows(AwsError.class, () -> CborHeads.check(tags));
    assertTrue(refused.getMessage().contains("two tags"));
  }

  @Test
  void whatLooksLikeTagsInATextIsText() {
    CborHeads.check(new byte[] {0x62, (byte) 0xC1, (byte) 0xC1, (byte) 0xC1, 0x00});
    CborHeads.check(new byte[] {0x59, 0x00, 0x02, (byte) 0xC1, (byte) 0xC1});
    CborHeads.check(new byte[] {0x7b, -1, -1, -1, -1, -1, -1, -1, -1, (byte) 0xC1, (byte) 0xC1});
    assertThrows(
        AwsError.class,
        () -> CborHeads.check(new byte[] {0x61, 'a', (byte) 0xD8, 0x20, (byte) 0xC1, 0x00}));
  }

  @Test
  void nestingWithoutEnd() throws Exception {
    refused(
        gateway.json("sqs", "AmazonSQS.ReceiveMessage", "{\"Unknown\":" + "[".repeat(1 << 20)),
        "SerializationException");
    refused(
        gateway.query("sqs", "Action=ReceiveMessage&" + "a.".repeat(1 << 20) + "a=1"), "too many");
    byte[] xml = "<a>".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
    assertEquals("MalformedXML", assertThrows(AwsError.class, () -> XmlTree.parse(xml)).code());
  }

  @Test
  void membersWithoutEnd() throws Exception {
    refused(
        gateway.json(
            "sqs", "AmazonSQS.ReceiveMessage", "{\"Unknown\":[" + "0,".repeat(1 << 20) + "0]}"),
        "SerializationException");
    refused(gateway.query("sqs", "Action=ReceiveMessage" + "&a".repeat(1 << 20)), "too many");
  }

  @Test
  void indexesThatAreFarAwayOrNone() throws Exception {
    HttpResponse<String> answer =
        gateway.query(
            "sqs",
            "Action=ReceiveMessage&AttributeName.2000000000=All&AttributeName.=All"
                + "&AttributeName..x=All&AttributeName.999999=All");
    assertEquals(200, answer.statusCode(), answer.body());
  }

  @Test
  void numbersWithoutEnd() throws Exception {
    for (String number : List.of("9".repeat(1 << 20), "1E1000000000", "1E-1000000000")) {
      refused(
          gateway.query("sqs", "Action=ReceiveMessage&MaxNumberOfMessages=" + number),
          "MaxNumberOfMessages");
    }
  }

  @Test
  void aZipFileOfFiftyMegabytesIsTaken() throws Exception {
    int bytes = 50 << 20;
    String zip = Base64.getEncoder().encodeToString(new byte[bytes]);
    HttpResponse<String> answer =
        gateway.put("lambda", "/2015-03-31/functions/f/code", "{\"ZipFile\":\"" + zip + "\"}");
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"CodeSize\":" + bytes), answer.body());
  }
}
