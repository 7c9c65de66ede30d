package io.pipelab.local.sns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Where mails go that nobody sends: a folder of text files that a user can read. */
final class Outbox {
  private static final int MOST_MAILS = 10_000;

  private final Path folder;
  private final int most;
  private final AtomicInteger count = new AtomicInteger();

  Outbox(Path folder) {
    this(folder, MOST_MAILS);
  }

  /**
   * @param most how many mails are kept; the oldest go
   */
  Outbox(Path folder, int most) {
    this.most = most;
    this.folder = folder;
  }

  void send(String to, String subject, String text) {
    try {
      Files.createDirectories(folder);
      int number = count.incrementAndGet();
      Files.deleteIfExists(file(number - most));
      Files.writeString(
          file(number),
          "From: no-reply@sns.amazonaws.com\r\nTo: "
              + oneLine(to)
              + "\r\nSubject: "
              + oneLine(subject)
              + "\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n"
              + text
              + "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the mail to " + to + " could not be kept", e);
    }
  }

  private Path file(int number) {
    return folder.resolve("%06d.eml".formatted(number));
  }

  private static String oneLine(String header) {
    return header.replaceAll("[\\r\\n]+", " ");
  }
}
