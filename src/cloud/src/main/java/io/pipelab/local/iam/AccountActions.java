package io.pipelab.local.iam;

import io.pipelab.local.kernel.Actions;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;

/** IAM's actions on the account as a whole. */
final class AccountActions {
  void addTo(Actions actions) {
    actions.on(ListAccountAliasesRequest.class, this::listAccountAliases);
  }

  /** An account's alias cannot be made here: there is none. */
  private ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest request) {
    return ListAccountAliasesResponse.builder()
        .accountAliases(List.of())
        .isTruncated(false)
        .build();
  }
}
