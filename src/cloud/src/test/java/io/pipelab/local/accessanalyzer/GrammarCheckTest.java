package io.pipelab.local.accessanalyzer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.local.accessanalyzer.GrammarCheck.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.accessanalyzer.model.PathElement;
import software.amazon.awssdk.services.accessanalyzer.model.Span;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFinding;

/** IAM User Guide, "IAM policy validation check reference". */
class GrammarCheckTest {
  /** A policy whose one statement has these members, and the codes that are found in it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'Effect':'Allow','Action':'sqs:*','Resource':'*' | ",
        "'Effect':'Allow','NotAction':['sqs:*'],'NotResource':['a','b'] | ",
        "'Action':'sqs:*','Resource':'*' | MISSING_EFFECT",
        "'Effect':'allow','Action':'sqs:*','Resource':'*' | INVALID_EFFECT",
        "'Effect':1,'Action':'sqs:*','Resource':'*' | DATA_TYPE_MISMATCH",
        "'Effect':'Allow','Resource':'*' | MISSING_ACTION",
        "'Effect':'Allow','Action':'sqs:*' | MISSING_RESOURCE",
        "'Effect':'Allow','Action':[],'Resource':'*' | EMPTY_ARRAY_ACTION",
        "'Effect':'Allow','Action':'sqs:*','Resource':[] | EMPTY_ARRAY_RESOURCE",
        "'Effect':'Allow','Action':[1],'Resource':'*' | DATA_TYPE_MISMATCH",
        "'Effect':'Allow','Action':'a:b','NotAction':'c:d','Resource':'*'"
            + " | UNSUPPORTED_ELEMENT_COMBINATION",
        "'Effect':'Allow','Action':'sqs:*','Resource':'*','Principal':'*' | UNSUPPORTED_PRINCIPAL",
        "'Effect':'Allow','Action':'sqs:*','Resource':'*','Actions':1 | INVALID_POLICY_ELEMENT",
        "'Effect':'Allow','Action':'sqs:*','Resource':'*','Condition':[] | DATA_TYPE_MISMATCH",
        "'Effect':'Allow','Action':'sqs:*','Resource':'*','Condition':{'StringIs':{'a:b':'c'}}"
            + " | INVALID_CONDITION_OPERATOR",
        "'Effect':'Allow','Action':'sqs:*','Resource':'*','Condition':{'NullIfExists':{'a:b':'c'}}"
            + " | INVALID_CONDITION_OPERATOR",
        "'Effect':'Allow','Action':'iam:PassRole','Resource':'*' | PASS_ROLE_WITH_STAR_IN_RESOURCE",
        "'Effect':'Deny','Action':'iam:PassRole','Resource':'*' | ",
        "'Effect':'Allow','Action':'iam:PassRole','Resource':'*','Condition':{'StringEquals':"
            + "{'iam:PassedToService':'lambda.amazonaws.com'}} | ",
      })
  void aStatementsMistakesAreFound(String statement, String code) {
    String policy = "{'Version':'2012-10-17','Statement':{" + statement + "}}";
    List<String> wanted = code == null ? List.of() : List.of(code);
    assertEquals(wanted, codes(policy, Kind.IDENTITY_POLICY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | DATA_TYPE_MISMATCH",
        "{'Version':'2012-10-17'} | MISSING_STATEMENT",
        "{'Version':'2012-10-17','Statement':[]} | MISSING_STATEMENT",
        "{'Version':'2012-10-17','Statement':[1]} | DATA_TYPE_MISMATCH",
        "{'Version':'2012-10-18','Statement':{'Effect':'Deny','Action':'a:b','Resource':'*'}}"
            + " | INVALID_VERSION",
        "{'Statement':{'Effect':'Deny','Action':'a:b','Resource':'*'}} | MISSING_VERSION",
        "{'Version':'2012-10-17',} | JSON_SYNTAX_ERROR",
        "{'Version':'2012-10-17'}} | JSON_SYNTAX_ERROR",
      })
  void aPolicysMistakesAreFound(String policy, String code) {
    assertEquals(List.of(code), codes(policy, Kind.IDENTITY_POLICY));
  }

  @Test
  void idsAreUnique() {
    String one = "{'Sid':'a','Effect':'Deny','Action':'a:b','Resource':'*'}";
    String policy = "{'Version':'2012-10-17','Statement':[" + one + "," + one + "]}";
    assertEquals(List.of("UNIQUE_SIDS_REQUIRED"), codes(policy, Kind.IDENTITY_POLICY));
  }

  @Test
  void aResourcesPolicyNamesItsPrincipalAndATrustPolicyNoResource() {
    String without = "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Action':'a:b'}}";
    assertEquals(
        List.of("MISSING_PRINCIPAL", "MISSING_RESOURCE"), codes(without, Kind.RESOURCE_POLICY));
    assertEquals(List.of("MISSING_PRINCIPAL"), codes(without, Kind.TRUST_POLICY));
  }

  @Test
  void aFindingSaysWhereItIs() {
    String policy =
        """
        {"Version": "2012-10-17",
         "Statement": [
          {"Effect": "allow", "Action": "a:b", "Resource": "*"}]}""";
    ValidatePolicyFinding finding = GrammarCheck.of(policy, Kind.IDENTITY_POLICY).get(0);
    assertEquals("The effect allow is not valid. Use Allow or Deny.", finding.findingDetails());
    assertEquals(
        List.of(
            PathElement.fromValue("Statement"),
            PathElement.fromIndex(0),
            PathElement.fromValue("Effect")),
        finding.locations().get(0).path());
    Span span = finding.locations().get(0).span();
    assertEquals(3, span.start().line());
    assertEquals(13, span.start().column());
    assertEquals("\"allow\"", policy.substring(span.start().offset(), span.end().offset()));
  }

  private static List<String> codes(String policy, Kind kind) {
    return GrammarCheck.of(policy.replace('\'', '"'), kind).stream()
        .map(ValidatePolicyFinding::issueCode)
        .toList();
  }
}
