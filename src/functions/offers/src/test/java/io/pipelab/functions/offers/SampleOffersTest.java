package io.pipelab.functions.offers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleOffersTest {
  private static final Path FOLDER = Path.of("samples/job-offers/job_offers");

  @Test
  void theSamplesAreWhatTheGeneratorMakes() throws IOException {
    for (Map.Entry<String, byte[]> file : SampleOffers.files().entrySet()) {
      assertArrayEquals(
          file.getValue(), Files.readAllBytes(FOLDER.resolve(file.getKey())), file.getKey());
    }
  }

  @Test
  void eachSampleGivesItsRowsOrOneReport() throws IOException {
    Map<String, String> reports = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> file : SampleOffers.files().entrySet()) {
      FileReport report = new FileReport(file.getKey());
      OfferRows.read(
          new ByteArrayInputStream(file.getValue()),
          new OfferRows.Sink() {
            @Override
            public void offer(long line, Offer offer) {
              report.sent(1);
            }

            @Override
            public void rejected(long line, String reason) {
              report.rejected(line, reason);
            }

            @Override
            public void broken(String reason) {
              report.broken(reason);
            }
          });
      reports.put(file.getKey(), report.toString().replaceFirst("report [^:]+: ", ""));
    }
    assertEquals("141 rows, 141 sent, 0 rejected", reports.get("2026-11-paris.csv"));
    assertEquals("120 rows, 120 sent, 0 rejected", reports.get("2026-11-windows.csv"));
    assertEquals(
        "11 rows, 8 sent, 3 rejected (no id: line 8; no city: line 9;"
            + " 5 fields instead of 11: line 10)",
        reports.get("2026-11-hard-cases.csv"));
    assertEquals(
        "0 rows, 0 sent, 0 rejected; the file is refused: it is empty: there is no header",
        reports.get("empty.csv"));
    assertEquals("0 rows, 0 sent, 0 rejected", reports.get("header-only.csv"));
    assertEquals(
        "0 rows, 0 sent, 0 rejected; the file is refused: its header lacks city",
        reports.get("missing-column.csv"));
  }
}
