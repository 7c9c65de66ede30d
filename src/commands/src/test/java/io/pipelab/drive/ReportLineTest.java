package io.pipelab.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportLineTest {
  @Test
  void aColdStart() {
    ReportLine report =
        ReportLine.in(
                List.of(
                    "Max Memory Used: 1 MB\t",
                    "START RequestId: r Version: $LATEST",
                    "REPORT RequestId: r\tDuration: 12.30 ms\tBilled Duration: 313 ms\tMemory Size: 512 MB\t"
                        + "Max Memory Used: 99 MB\tInit Duration: 300.01 ms\t"))
            .orElseThrow();
    assertEquals("r", report.requestId());
    assertEquals(new BigDecimal("12.30"), report.duration());
    assertEquals(new BigDecimal("313"), report.billed());
    assertEquals(new BigDecimal("300.01"), report.init());
    assertEquals(512, report.memory());
    assertEquals(99, report.used());
    assertNull(report.status());
  }

  @Test
  void aWarmOneThatFailedWithTracing() {
    ReportLine report =
        ReportLine.in(
                List.of(
                    "REPORT RequestId: r\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\t"
                        + "Max Memory Used: 12 MB\tStatus: timeout\t",
                    "XRAY TraceId: 1-5\tSegmentId: 2\tSampled: true"))
            .orElseThrow();
    assertNull(report.init());
    assertEquals("timeout", report.status());
  }

  @Test
  void aRestoredSnapshot() {
    assertEquals(
        Optional.of(new BigDecimal("244.76")),
        ReportLine.in(
                List.of(
                    "REPORT RequestId: r\tDuration: 1.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\t"
                        + "Max Memory Used: 12 MB\tRestore Duration: 244.76 ms\t"
                        + "Billed Restore Duration: 200 ms\t"))
            .map(ReportLine::init));
  }

  @Test
  void whatIsNoWholeReport() {
    assertEquals(
        Optional.empty(),
        ReportLine.in(
            List.of(
                "",
                "REPORT ",
                "REPORT RequestId: r\tDuration: 1.00 ms",
                "REPORT RequestId: r\tDuration: soon ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\t"
                    + "Max Memory Used: 12 MB",
                "a REPORT RequestId: r\tDuration: 1.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\t"
                    + "Max Memory Used: 12 MB")));
  }
}
