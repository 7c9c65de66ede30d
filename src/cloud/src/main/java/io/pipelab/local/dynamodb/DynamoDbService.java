package io.pipelab.local.dynamodb;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudIdentity;
import java.nio.file.Path;
import java.util.List;

/** Amazon DynamoDB: tables and items. */
public final class DynamoDbService implements AwsService {
  private final DynamoDbLocal engine;
  private final Tables tables;
  private final Actions actions = new Actions();

  /**
   * @param nativeFolder where the engine's native library is kept between starts
   */
  public DynamoDbService(CloudIdentity identity, Path nativeFolder) {
    this.engine = new DynamoDbLocal(nativeFolder);
    this.tables = new Tables(identity, engine);
    new TableActions(identity, tables, engine).addTo(actions);
    new ItemActions(engine).addTo(actions);
  }

  @Override
  public String signingName() {
    return "dynamodb";
  }

  @Override
  public Actions actions() {
    return actions;
  }

  /** Starts the engine now, so that the first request need not wait for it. */
  public void warmUp() {
    engine.client();
  }

  public List<ResourceType> resourceTypes() {
    return List.of(new TableResource(tables, engine));
  }

  @Override
  public void close() {
    engine.close();
  }
}
