package io.pipelab.local.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir Path folder;

  @Test
  void keepsTheNewestMails() throws IOException {
    Outbox outbox = new Outbox(folder, 3);
    for (int i = 1; i <= 5; i++) {
      outbox.send("student@example.org", "mail", "number " + i);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("000003.eml", "000004.eml", "000005.eml"),
          files.map(each -> each.getFileName().toString()).sorted().toList());
    }
  }
}
