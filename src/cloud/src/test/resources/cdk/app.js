// A small app of CDK: a queue, a function and a table.
const { App, Stack, RemovalPolicy, Duration, CfnOutput } = require("aws-cdk-lib");
const sqs = require("aws-cdk-lib/aws-sqs");
const lambda = require("aws-cdk-lib/aws-lambda");
const dynamodb = require("aws-cdk-lib/aws-dynamodb");
const { SqsEventSource } = require("aws-cdk-lib/aws-lambda-event-sources");

const app = new App();
const stack = new Stack(app, "Work", { env: { account: "000000000000", region: "us-east-1" } });
const table = new dynamodb.Table(stack, "Table", {
  partitionKey: { name: "id", type: dynamodb.AttributeType.STRING },
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});
const queue = new sqs.Queue(stack, "Queue", { visibilityTimeout: Duration.seconds(60) });
const work = new lambda.Function(stack, "Function", {
  runtime: lambda.Runtime.JAVA_17,
  handler: "Echo::handle",
  code: lambda.Code.fromAsset("code.zip"),
  memorySize: Number(process.env.MEMORY || 256),
  environment: { TABLE: table.tableName },
});
table.grantReadWriteData(work);
work.addEventSource(new SqsEventSource(queue));
new CfnOutput(stack, "FunctionName", { value: work.functionName });
