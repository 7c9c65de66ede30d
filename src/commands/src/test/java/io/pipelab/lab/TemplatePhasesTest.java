package io.pipelab.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which phase a template makes what, read from its conditions. */
class TemplatePhasesTest {
  private static final List<String> PHASES = List.of("one", "two", "three");

  @TempDir Path folder;

  @Test
  void theFirstPhaseWhoseConditionHoldsMakesAResource() throws IOException {
    assertEquals(
        Map.of("Always", "one", "Second", "two", "Third", "three"),
        read("""
                Conditions:
                  FromThree: !Equals [three, !Ref Phase]
                  FromTwo: !Or [!Equals [!Ref Phase, two], !Condition FromThree]
                Resources:
                  Always: {Type: T}
                  Second: {Type: T, Condition: FromTwo}
                  Third: {Type: T, Condition: FromThree}
                """)
            .resources());
  }

  @Test
  void conditionsHaveALongFormToo() throws IOException {
    assertEquals(
        Map.of("Url", "two"),
        read("""
                Conditions:
                  IsOne: {"Fn::Equals": [{Ref: Phase}, one]}
                  FromTwo: {"Fn::Not": [{Condition: IsOne}]}
                Outputs:
                  Url: {Value: x, Condition: FromTwo}
                """)
            .outputs());
  }

  @Test
  void whatAnotherParameterDecidesMayBeThere() throws IOException {
    assertEquals(
        Map.of("Mail", "three", "NoMail", "one", "Either", "one"),
        read("""
                Conditions:
                  HasMail: !Not [!Equals [!Ref Address, ""]]
                  InThree: !Equals [!Ref Phase, three]
                  Mails: !And [!Condition HasMail, !Condition InThree]
                  MailsNot: !Not [!Condition Mails]
                  Any: !Or [!Condition HasMail, !Condition InThree]
                Resources:
                  Mail: {Type: T, Condition: Mails}
                  NoMail: {Type: T, Condition: MailsNot}
                  Either: {Type: T, Condition: Any}
                """)
            .resources());
  }

  @Test
  void whatNoPhaseMakesIsLeftOut() throws IOException {
    assertEquals(
        Map.of(),
        read("""
                Conditions:
                  Never: !Equals [!Ref Phase, four]
                Resources:
                  Nothing: {Type: T, Condition: Never}
                """)
            .resources());
  }

  @Test
  void conditionsInACircleAreNobodysGuess() throws IOException {
    assertEquals(
        Map.of("Round", "one"),
        read("""
                Conditions:
                  A: !Not [!Condition B]
                  B: !Not [!Condition A]
                Resources:
                  Round: {Type: T, Condition: A}
                """)
            .resources());
  }

  @Test
  void theParameterSaysWhatItTakes() throws IOException {
    TemplatePhases read =
        read(
            """
            Parameters:
              Phase: {Type: String, Default: three, AllowedValues: [one, two, three]}
            """);

    assertEquals(PHASES, read.allowed());
    assertEquals(Optional.of("three"), read.otherwise());
  }

  private TemplatePhases read(String template) throws IOException {
    Path file = Files.writeString(folder.resolve("template.yaml"), template);
    return TemplatePhases.of(new Source(file).document(), "Phase", PHASES);
  }
}
