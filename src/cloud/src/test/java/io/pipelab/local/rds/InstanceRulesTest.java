package io.pipelab.local.rds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceRulesTest {
  private static String refusal(Executable call) {
    AwsError error = assertThrows(AwsError.class, call);
    return error.code() + ": " + error.getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seven77   |  because it is shorter than 8 characters.
          with space and more | . Only printable ASCII characters besides '/', '@', '"', ' ' may be used.
          with/slash-1 | . Only printable ASCII characters besides '/', '@', '"', ' ' may be used.
          with@-sign-1 | . Only printable ASCII characters besides '/', '@', '"', ' ' may be used.
          umlaut-größer | . Only printable ASCII characters besides '/', '@', '"', ' ' may be used.
          123456789012345678901234567890123456789012 |  because it is longer than 41 characters.
          """)
  void passwordsAreRefusedInRdsWords(String password, String why) {
    String space = why.startsWith(".") ? "" : " ";
    assertEquals(
        "InvalidParameterValue: The parameter MasterUserPassword is not a valid password"
            + space
            + why,
        refusal(() -> InstanceRules.password(password)));
  }

  @Test
  void passwordsOfEightToFortyOneCharactersAreTaken() {
    assertEquals("12345678", InstanceRules.password("12345678"));
    assertEquals(
        "!'#$%&()*+,-.:;<=>?[]^_`{|}~\\", InstanceRules.password("!'#$%&()*+,-.:;<=>?[]^_`{|}~\\"));
    assertEquals("x".repeat(41), InstanceRules.password("x".repeat(41)));
  }

  @Test
  void usersAreNoReservedWords() {
    assertEquals("admin", InstanceRules.user("admin", Set.of("root")));
    assertEquals(
        "InvalidParameterValue: MasterUsername Root cannot be used as it is a reserved word used by"
            + " the engine",
        refusal(() -> InstanceRules.user("Root", Set.of("root"))));
    for (String user : new String[] {"1st", "a".repeat(17), "a'b", "a b", "a`b"}) {
      refusal(() -> InstanceRules.user(user, Set.of()));
    }
  }

  @Test
  void databasesAreNamesThatSqlCannotMistake() {
    assertEquals("taskmanagement", InstanceRules.database("taskmanagement", "mysql"));
    for (String name : new String[] {"a`b", "1a", "mysql", "a-b", "a b"}) {
      refusal(() -> InstanceRules.database(name, "mysql"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gp3,19,false",
    "gp3,20,true",
    "gp2,65536,true",
    "gp2,65537,false",
    "standard,5,true"
  })
  void storageIsWithinItsTypesBounds(String type, int gib, boolean taken) {
    if (taken) {
      assertEquals(gib, InstanceRules.storage(gib, "mysql", type));
    } else {
      assertEquals(
          "InvalidParameterValue: Invalid storage size for engine name mysql and storage type "
              + type
              + ": "
              + gib,
          refusal(() -> InstanceRules.storage(gib, "mysql", type)));
    }
  }

  @Test
  void versionsAndClassesAreThoseOfRds() {
    Engine mysql = Engine.named("mysql");
    assertEquals("8.4.7", mysql.version(null));
    assertEquals("8.0.44", mysql.version("8.0"));
    assertEquals("8.4.3", mysql.version("8.4.3"));
    assertEquals(
        "InvalidParameterCombination: Cannot find version 8.4.99 for mysql",
        refusal(() -> mysql.version("8.4.99")));
    assertEquals("mysql8.4", mysql.family("8.4.7"));
    assertEquals(
        "InvalidParameterValue: Invalid DB engine: mysq", refusal(() -> Engine.named("mysq")));
    assertEquals(true, refusal(() -> Engine.named("postgres")).startsWith("NotImplemented"));
    assertEquals(85, InstanceClass.named("db.t4g.micro").connections());
    assertEquals(170, InstanceClass.named("db.t3.small").connections());
    for (String name : new String[] {"t4g.micro", "db.t4g.nano", "db.m5.micro", "db.x.large"}) {
      assertEquals(
          "InvalidParameterValue: Invalid DB Instance class: " + name,
          refusal(() -> InstanceClass.named(name)));
    }
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void whatMayBeDoneDependsOnTheState(State state) {
    assertEquals(state == State.AVAILABLE, may(State.Step.REBOOT, state));
    assertEquals(state == State.AVAILABLE, may(State.Step.STOP, state));
    assertEquals(state == State.STOPPED, may(State.Step.START, state));
    assertEquals(state == State.AVAILABLE || state == State.STOPPED, may(State.Step.MODIFY, state));
    assertEquals(state != State.DELETING && state != State.DELETED, may(State.Step.DELETE, state));
    assertEquals(state, State.of(state.text()));
  }

  private static boolean may(State.Step step, State state) {
    try {
      step.from("db", state);
      return true;
    } catch (AwsError e) {
      assertEquals("InvalidDBInstanceState", e.code());
      return false;
    }
  }

  @Test
  void identifiersAreKeptInLowerCase() {
    assertEquals("task-db-1", Identifiers.instance("Task-DB-1"));
    for (String id : new String[] {"1a", "a-", "a--b", "a_b", "a".repeat(64), "ä"}) {
      refusal(() -> Identifiers.instance(id));
    }
  }
}
