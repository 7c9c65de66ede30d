package io.pipelab.functions.offers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferRowsTest {
  private static final String HEADER = String.join(",", Offer.COLUMNS);

  private final List<Offer> offers = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final FileReport report = new FileReport("s3://b/k.csv");

  private final OfferRows.Sink sink =
      new OfferRows.Sink() {
        @Override
        public void offer(long line, Offer offer) {
          offers.add(offer);
          report.sent(1);
        }

        @Override
        public void rejected(long line, String reason) {
          told.add(line + ": " + reason);
          report.rejected(line, reason);
        }

        @Override
        public void broken(String reason) {
          told.add(reason);
          report.broken(reason);
        }
      };

  private void read(String text) throws IOException {
    read(text.getBytes(StandardCharsets.UTF_8));
  }

  private void read(byte[] file) throws IOException {
    OfferRows.read(new ByteArrayInputStream(file), sink);
  }

  private static String row(String id, String city) {
    return id + "," + city + ",Acme,Dev,https://x,CDI,IT,junior,java,2026-01-01,test";
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void lineEndsAndTheLastLineDoNotMatter(String end) throws IOException {
    read(HEADER + end + row("1", "Paris") + end + row("2", "Lyon"));
    read(HEADER + end + row("3", "Paris") + end + row("4", "Lyon") + end);
    read("\uFEFF" + HEADER + end + row("5", "Paris") + end + end);
    assertEquals(List.of("1", "2", "3", "4", "5"), offers.stream().map(Offer::id).toList());
    assertEquals("test", offers.get(1).values().get("provider"));
    assertEquals(List.of(), told);
  }

  @Test
  void quotedFieldsHoldAnything() throws IOException {
    read(
        HEADER
            + "\n1,\"Aix, Provence\",\"\"\"Q\"\" SA\",\"a\nb\r\nc\",,,,,,,\n"
            + row("2", "")
            + "\n");
    Offer offer = offers.get(0);
    assertEquals("Aix, Provence", offer.city());
    assertEquals("\"Q\" SA", offer.values().get("company_name"));
    assertEquals("a\nb\r\nc", offer.values().get("title"));
    assertEquals("", offer.values().get("url"));
    assertEquals(List.of("5: no city"), told);
  }

  @Test
  void everyRowThatIsNoOfferIsToldOfWithItsLine() throws IOException {
    read(
        String.join(
            "\n",
            HEADER,
            row("", "Paris"),
            row("", "Lyon"),
            row("1", "Nice"),
            "only,three,fields",
            row("", ""),
            row("x".repeat(2049), "Nice"),
            row("", "Lille")));
    assertEquals(1, offers.size());
    assertEquals(
        "report s3://b/k.csv: 7 rows, 1 sent, 6 rejected (no id: lines 2-3, 8;"
            + " 3 fields instead of 11: line 5; no id, no city: line 6;"
            + " an id of more than 2048 bytes: line 7)",
        report.toString());
  }

  @Test
  void filesThatAreNoneAreRefused() throws IOException {
    read("");
    read("\uFEFF");
    read(HEADER.replace(",city", "") + "\n" + row("1", "Paris"));
    read("\"never closed\n");
    read(HEADER + "\n" + row("1", "Paris") + "\n\"x\"y,z\n" + row("2", "Lyon"));
    assertEquals("it is empty: there is no header", told.get(0));
    assertEquals("it is empty: there is no header", told.get(1));
    assertEquals("its header lacks city", told.get(2));
    assertTrue(told.get(3).contains("it is not a CSV"), told.get(3));
    assertEquals(5, told.size(), told.toString());
    assertTrue(told.get(4).startsWith("behind line 2 it is not a CSV"), told.toString());
    assertEquals(List.of("1"), offers.stream().map(Offer::id).toList());
  }

  @Test
  void aHeaderAloneIsNoRow() throws IOException {
    read(HEADER + "\n");
    assertEquals("report s3://b/k.csv: 0 rows, 0 sent, 0 rejected", report.toString());
  }

  @Test
  void columnsMayStandInAnyOrder() throws IOException {
    read("city,id" + HEADER.substring("id,city".length()) + "\n" + row("Paris", "7"));
    assertEquals("7", offers.get(0).id());
    assertEquals("Paris", offers.get(0).city());
  }

  @Test
  void otherEncodingsAreToldOf() throws IOException {
    byte[] latin = (HEADER + "\n" + row("1", "Orl\u00e9ans")).getBytes(StandardCharsets.ISO_8859_1);
    read(latin);
    assertEquals(0, offers.size());
    assertTrue(told.get(0).contains("not UTF-8"), told.toString());
  }

  @Test
  void aHundredThousandRowsAreAStream() throws IOException {
    AtomicLong made = new AtomicLong(-1);
    InputStream endless =
        new InputStream() {
          private byte[] line = (HEADER + "\n").getBytes(StandardCharsets.UTF_8);
          private int at;

          @Override
          public int read() {
            if (at == line.length) {
              if (made.incrementAndGet() == 100_000) {
                line = new byte[0];
              } else if (line.length > 0) {
                line = (row("id-" + made, "Paris") + "\n").getBytes(StandardCharsets.UTF_8);
              }
              at = 0;
            }
            return line.length == 0 ? -1 : line[at++] & 0xFF;
          }
        };
    AtomicLong rows = new AtomicLong();
    OfferRows.read(
        endless,
        new OfferRows.Sink() {
          @Override
          public void offer(long line, Offer offer) {
            assertEquals(rows.incrementAndGet() + 1, line);
          }

          @Override
          public void rejected(long line, String reason) {
            throw new AssertionError(reason);
          }

          @Override
          public void broken(String reason) {
            throw new AssertionError(reason);
          }
        });
    assertEquals(100_000, rows.get());
  }
}
