package io.pipelab.verify.check.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The rows of a CSV file that a lab must take, read without regard to how the lab's functions read
 * it: those that have all columns and whose key columns are not empty.
 */
public record CsvFile(String key, List<Map<String, String>> rows) {
  /** Reads an object of a bucket. */
  static CsvFile in(
      S3Client s3, String bucket, String key, List<String> columns, List<String> keys) {
    byte[] bytes = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
    return new CsvFile(key, rows(bytes, columns, keys));
  }

  /** The rows of a file; none when its header is not that of these columns. */
  static List<Map<String, String>> rows(byte[] file, List<String> columns, List<String> keys) {
    List<Map<String, String>> rows = new ArrayList<>();
    int mark = file.length > 2 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB ? 3 : 0;
    try (Reader text =
            new InputStreamReader(
                new ByteArrayInputStream(file, mark, file.length - mark), StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.builder().setReader(text).setFormat(CSVFormat.RFC4180).get()) {
      List<String> header = null;
      for (CSVRecord record : parser) {
        if (header == null) {
          header = record.toList();
          if (!header.containsAll(columns)) {
            return rows;
          }
        } else if (record.size() == header.size()) {
          Map<String, String> row = new LinkedHashMap<>();
          for (String column : columns) {
            row.put(column, record.get(header.indexOf(column)));
          }
          if (keys.stream().noneMatch(each -> row.getOrDefault(each, "").isEmpty())) {
            rows.add(row);
          }
        }
      }
    } catch (UncheckedIOException e) {
      // The file ends there, for everybody.
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("a file in memory cannot be read", e);
    }
    return rows;
  }
}
