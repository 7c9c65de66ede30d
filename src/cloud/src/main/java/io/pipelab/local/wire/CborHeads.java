package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;

/**
 * Looks through the heads of a CBOR document (RFC 8949) before it is parsed. The parser keeps a
 * list of the tags before a value and copies it for each: a body of nothing but tags costs it the
 * square of its length. No model has more than one tag a value.
 */
final class CborHeads {
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int TAG = 6;

  private final byte[] document;
  private int at;

  private CborHeads(byte[] document) {
    this.document = document;
  }

  /**
   * Checks that no value has two tags.
   *
   * @throws AwsError SerializationException
   */
  static void check(byte[] document) {
    new CborHeads(document).check();
  }

  private void check() {
    boolean tagged = false;
    while (at < document.length) {
      int major = (document[at] & 0xff) >> 5;
      boolean indefinite = (document[at] & 0x1f) == 31;
      if (major == TAG && tagged) {
        throw AwsError.badRequest(
            "SerializationException", "The body is not valid CBOR: a value with two tags.");
      }
      tagged = major == TAG;
      long argument = argument();
      if ((major == BYTES || major == TEXT) && !indefinite) {
        // What claims to be longer than the document is the parser's to refuse.
        at =
            argument < 0 || argument > document.length - at ? document.length : at + (int) argument;
      }
    }
  }

  /** Reads a head: its argument is in it, or in the 1, 2, 4 or 8 bytes that follow. */
  private long argument() {
    int low = document[at++] & 0x1f;
    if (low < 24 || low > 27) {
      return low;
    }
    long value = 0;
    for (int left = 1 << (low - 24); left > 0 && at < document.length; left--) {
      value = value << 8 | document[at++] & 0xff;
    }
    return value;
  }
}
