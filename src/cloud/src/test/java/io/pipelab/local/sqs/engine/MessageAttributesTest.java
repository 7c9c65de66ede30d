package io.pipelab.local.sqs.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageAttributesTest {
  private static final MessageAttributes THREE =
      MessageAttributes.of(
          List.of(text("Hello", "There"), text("General", "Kenobi"), text("Help.Me", "Me")));

  @Test
  void theDigestIsThatWhichAwsAnswers() {
    // Recorded against AWS by the authors of LocalStack (test_sqs.snapshot.json).
    assertEquals("4c360f3fdafd970e05fae2f149d997f5", THREE.md5().hex());
    assertEquals(
        "a311262e065454b75da111d535b8dacd", THREE.only(name -> name.equals("Hello")).md5().hex());
    assertEquals("6e2baaf3b97dbeef01c0043275f9a0e7", Digest.of("msg").hex());
  }

  @Test
  void whatIsKeptIsWhatWasGiven() {
    MessageAttributes attributes =
        MessageAttributes.of(
            List.of(
                new MessageAttribute("n", "Number.int", "7", null),
                new MessageAttribute("b", "Binary", null, new byte[] {1, 2})));

    List<MessageAttribute> list = attributes.list();

    assertEquals(List.of("b", "n"), list.stream().map(MessageAttribute::name).toList());
    assertArrayEquals(new byte[] {1, 2}, list.get(0).bytes());
    assertEquals(new MessageAttribute("n", "Number.int", "7", null), list.get(1));
    assertEquals(1 + 10 + 1 + 1 + 6 + 2, attributes.size());
    assertSame(attributes, attributes.only(name -> true));
  }

  private static MessageAttribute text(String name, String value) {
    return new MessageAttribute(name, "String", value, null);
  }
}
