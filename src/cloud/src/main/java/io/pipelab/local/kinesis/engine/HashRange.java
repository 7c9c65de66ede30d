package io.pipelab.local.kinesis.engine;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the space of hash keys, 0 to 2^128 - 1, both ends included.
 *
 * @param start the lowest hash key
 * @param end the highest hash key
 */
public record HashRange(BigInteger start, BigInteger end) {
  private static final BigInteger SIZE = BigInteger.ONE.shiftLeft(128);

  /** The whole space. */
  public static final HashRange ALL = new HashRange(BigInteger.ZERO, SIZE.subtract(BigInteger.ONE));

  public HashRange {
    if (start.compareTo(end) > 0 || start.signum() < 0 || end.compareTo(SIZE) >= 0) {
      throw new IllegalArgumentException(start + " to " + end);
    }
  }

  /** The hash key of a partition key: its MD5 as a number (API reference, PutRecord). */
  public static BigInteger hash(String partitionKey) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return new BigInteger(1, md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** The whole space in ranges of one size, but for rounding. */
  public static List<HashRange> uniform(int count) {
    List<HashRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(
          new HashRange(boundary(i, count), boundary(i + 1, count).subtract(BigInteger.ONE)));
    }
    return ranges;
  }

  private static BigInteger boundary(int i, int count) {
    return SIZE.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count));
  }

  public boolean contains(BigInteger hash) {
    return start.compareTo(hash) <= 0 && hash.compareTo(end) <= 0;
  }

  /** Whether every hash key of another range is one of this. */
  boolean covers(HashRange other) {
    return contains(other.start) && contains(other.end);
  }

  /** Whether a second half may begin at a hash key: neither half would be empty. */
  public boolean splitsAt(BigInteger hash) {
    return contains(hash) && !hash.equals(start);
  }

  HashRange below(BigInteger hash) {
    return new HashRange(start, hash.subtract(BigInteger.ONE));
  }

  HashRange from(BigInteger hash) {
    return new HashRange(hash, end);
  }

  /** Whether one range begins where the other ends. */
  public boolean isAdjacentTo(HashRange other) {
    return end.add(BigInteger.ONE).equals(other.start)
        || other.end.add(BigInteger.ONE).equals(start);
  }

  HashRange joined(HashRange other) {
    return new HashRange(start.min(other.start), end.max(other.end));
  }
}
