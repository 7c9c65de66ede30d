package io.pipelab.local.sqs.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The attributes of a message in one array of bytes: the very bytes whose MD5 clients check (Amazon
 * SQS Developer Guide, "Calculating the MD5 message digest for message attributes"), which are also
 * the smallest way to keep them.
 */
public final class MessageAttributes {
  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  /** Three lengths of four bytes and the kind of value, which SQS does not count as size. */
  private static final int OVERHEAD = 13;

  private static final MessageAttributes NONE = new MessageAttributes(new byte[0], 0);

  private final byte[] encoded;
  private final int count;
  private final Digest md5;

  private MessageAttributes(byte[] encoded, int count) {
    this.encoded = encoded;
    this.count = count;
    this.md5 = Digest.of(encoded);
  }

  public static MessageAttributes of(List<MessageAttribute> attributes) {
    if (attributes.isEmpty()) {
      return NONE;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 * attributes.size());
    attributes.stream()
        .sorted(Comparator.comparing(MessageAttribute::name))
        .forEach(attribute -> write(out, attribute));
    return new MessageAttributes(out.toByteArray(), attributes.size());
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Bytes of names, types and values: what counts against a message's size. */
  public int size() {
    return encoded.length - count * OVERHEAD;
  }

  /** The MD5 of all attributes. */
  public Digest md5() {
    return md5;
  }

  /** The attributes whose names are chosen; this when they are all. */
  public MessageAttributes only(Predicate<String> chosen) {
    List<MessageAttribute> all = list();
    List<MessageAttribute> some = all.stream().filter(each -> chosen.test(each.name())).toList();
    return some.size() == count ? this : of(some);
  }

  /** The attributes by name. */
  public List<MessageAttribute> list() {
    List<MessageAttribute> attributes = new ArrayList<>(count);
    ByteBuffer in = ByteBuffer.wrap(encoded);
    while (in.hasRemaining()) {
      String name = text(in);
      String dataType = text(in);
      attributes.add(
          in.get() == TEXT
              ? new MessageAttribute(name, dataType, text(in), null)
              : new MessageAttribute(name, dataType, null, bytes(in)));
    }
    return attributes;
  }

  private static void write(ByteArrayOutputStream out, MessageAttribute attribute) {
    write(out, attribute.name().getBytes(StandardCharsets.UTF_8));
    write(out, attribute.dataType().getBytes(StandardCharsets.UTF_8));
    byte[] bytes = attribute.bytes();
    if (bytes == null) {
      out.write(TEXT);
      write(out, String.valueOf(attribute.text()).getBytes(StandardCharsets.UTF_8));
    } else {
      out.write(BINARY);
      write(out, bytes);
    }
  }

  private static void write(ByteArrayOutputStream out, byte[] bytes) {
    int length = bytes.length;
    out.write(length >>> 24);
    out.write(length >>> 16);
    out.write(length >>> 8);
    out.write(length);
    out.writeBytes(bytes);
  }

  private static String text(ByteBuffer in) {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
