package io.pipelab.functions.offers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads job offers out of a CSV file as a stream: UTF-8 with or without a byte order mark, LF or
 * CRLF, quoted fields that may hold commas, quotes and line ends. Every row is either an offer or
 * told of with its line; a file that cannot be read on is told of, too.
 */
final class OfferRows {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  /** What takes the rows, in the file's order. */
  interface Sink {
    void offer(long line, Offer offer);

    /**
     * A row that is not an offer.
     *
     * @param line the row's first line, from 1
     */
    void rejected(long line, String reason);

    /** The file, or what is left of it, cannot be read. */
    void broken(String reason);
  }

  /** The file cannot be read, or not any further. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
      super(reason);
    }
  }

  private OfferRows() {}

  /**
   * Reads a file to its end.
   *
   * @throws IOException when the stream fails, not when its content is at fault
   */
  static void read(InputStream file, Sink sink) throws IOException {
    Reader text =
        new BufferedReader(
            new InputStreamReader(
                file,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    try {
      skipByteOrderMark(text);
      try (CSVParser parser = CSVParser.builder().setReader(text).setFormat(FORMAT).get()) {
        rows(parser, sink);
      }
    } catch (CharacterCodingException e) {
      sink.broken("it is not UTF-8");
    } catch (Unreadable e) {
      sink.broken(String.valueOf(e.getMessage()));
    }
  }

  private static void skipByteOrderMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  private static void rows(CSVParser parser, Sink sink) throws IOException, Unreadable {
    Iterator<CSVRecord> records = parser.iterator();
    CSVRecord first = next(parser, records);
    if (first == null) {
      throw new Unreadable("it is empty: there is no header");
    }
    List<String> header = header(first);
    for (CSVRecord each = next(parser, records); each != null; each = next(parser, records)) {
      row(each, header, firstLine(parser, each), sink);
    }
  }

  /** The next record, or null at the file's end. */
  private static @Nullable CSVRecord next(CSVParser parser, Iterator<CSVRecord> records)
      throws IOException, Unreadable {
    long done = parser.getCurrentLineNumber();
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      IOException cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof CharacterCodingException) {
        throw new Unreadable("behind line " + done + " it is not UTF-8");
      }
      if (cause.getClass().getPackageName().startsWith("org.apache.commons.csv")) {
        throw new Unreadable("behind line " + done + " it is not a CSV: " + cause.getMessage());
      }
      throw cause;
    }
  }

  private static List<String> header(CSVRecord record) throws Unreadable {
    List<String> header = new ArrayList<>();
    record.forEach(name -> header.add(name.strip()));
    List<String> missing = new ArrayList<>(Offer.COLUMNS);
    missing.removeAll(header);
    List<String> unknown = new ArrayList<>(header);
    unknown.removeAll(Offer.COLUMNS);
    if (!missing.isEmpty()) {
      throw new Unreadable(
          "its header lacks "
              + String.join(", ", missing)
              + (unknown.isEmpty() ? "" : " and has " + String.join(", ", unknown)));
    }
    if (header.size() > Offer.COLUMNS.size()) {
      throw new Unreadable(
          "its header has more than the " + Offer.COLUMNS.size() + " columns: " + header);
    }
    return header;
  }

  private static void row(CSVRecord record, List<String> header, long line, Sink sink) {
    if (record.size() != header.size()) {
      sink.rejected(line, record.size() + " fields instead of " + header.size());
      return;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      values.put(header.get(i), record.get(i));
    }
    Offer offer = Offer.of(values);
    String fault = offer.fault();
    if (fault == null) {
      sink.offer(line, offer);
    } else {
      sink.rejected(line, fault);
    }
  }

  /** The parser knows where a record ends; its fields know how many lines they span. */
  private static long firstLine(CSVParser parser, CSVRecord record) {
    long breaks = 0;
    for (String field : record) {
      breaks += field.replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
    }
    return parser.getCurrentLineNumber() - breaks;
  }
}
