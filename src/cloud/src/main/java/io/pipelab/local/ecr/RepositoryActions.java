package io.pipelab.local.ecr;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;

/** CreateRepository, DescribeRepositories, DeleteRepository and the registry's own actions. */
final class RepositoryActions {
  private final CloudIdentity identity;
  private final Repositories repositories;
  private final Images images;
  private final AuthorizationTokens tokens;

  RepositoryActions(
      CloudIdentity identity,
      Repositories repositories,
      Images images,
      AuthorizationTokens tokens) {
    this.identity = identity;
    this.repositories = repositories;
    this.images = images;
    this.tokens = tokens;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateRepositoryRequest.class, this::createRepository)
        .on(DescribeRepositoriesRequest.class, this::describeRepositories)
        .on(DeleteRepositoryRequest.class, this::deleteRepository)
        .on(GetAuthorizationTokenRequest.class, this::getAuthorizationToken)
        .on(DescribeRegistryRequest.class, this::describeRegistry);
  }

  private CreateRepositoryResponse createRepository(CreateRepositoryRequest request) {
    Repository created = repositories.create(request);
    return CreateRepositoryResponse.builder()
        .repository(created.describe(identity.account()))
        .build();
  }

  private DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest request) {
    List<Repository> all =
        request.repositoryNames().isEmpty()
            ? repositories.list()
            : request.repositoryNames().stream().map(repositories::get).toList();
    Page<Repository> page = Page.of(all, request.nextToken(), request.maxResults(), 1000);
    return DescribeRepositoriesResponse.builder()
        .repositories(
            page.items().stream().map(found -> found.describe(identity.account())).toList())
        .nextToken(page.next())
        .build();
  }

  private DeleteRepositoryResponse deleteRepository(DeleteRepositoryRequest request) {
    boolean force = Boolean.TRUE.equals(request.force());
    Repository deleted = images.deleteRepository(request.repositoryName(), force);
    return DeleteRepositoryResponse.builder()
        .repository(deleted.describe(identity.account()))
        .build();
  }

  private GetAuthorizationTokenResponse getAuthorizationToken(
      GetAuthorizationTokenRequest request) {
    return GetAuthorizationTokenResponse.builder().authorizationData(tokens.issue()).build();
  }

  private DescribeRegistryResponse describeRegistry(DescribeRegistryRequest request) {
    return DescribeRegistryResponse.builder()
        .registryId(identity.account())
        .replicationConfiguration(replication -> replication.rules(List.of()))
        .build();
  }
}
