package io.pipelab.local.eventbridge.schedule;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Six fields: minutes, hours, day of month, month, day of week, year. Just one of the two days is
 * {@code ?}.
 */
public final class Cron implements Schedule {
  private static final int FIELDS = 6;
  private static final int DAY_OF_MONTH = 2;
  private static final int DAY_OF_WEEK = 4;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;

  private static final CronDefinition DEFINITION =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .supportsL()
          .supportsW()
          .supportsQuestionMark()
          .and()
          .withMonth()
          .and()
          .withDayOfWeek()
          .withValidRange(1, 7)
          .withMondayDoWValue(2)
          .supportsHash()
          .supportsL()
          .supportsQuestionMark()
          .and()
          .withYear()
          .withValidRange(FIRST_YEAR, LAST_YEAR)
          .and()
          .instance();

  private final ExecutionTime times;

  private Cron(ExecutionTime times) {
    this.times = times;
  }

  static Cron parse(String fields) {
    List<String> each = List.of(fields.trim().split("\\s+"));
    boolean oneDay =
        each.size() == FIELDS
            && each.get(DAY_OF_MONTH).equals("?") != each.get(DAY_OF_WEEK).equals("?");
    if (!oneDay) {
      throw new IllegalArgumentException(fields);
    }
    return new Cron(ExecutionTime.forCron(new CronParser(DEFINITION).parse(fields)));
  }

  @Override
  public Optional<Instant> next(Instant after, Instant created) {
    ZonedDateTime from = after.atZone(ZoneOffset.UTC);
    return times.nextExecution(from).map(ZonedDateTime::toInstant);
  }
}
