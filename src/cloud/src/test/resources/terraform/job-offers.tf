# The lab job-offers as its source builds it, with Terraform; put right where the source does not
# work on AWS: the queue's visibility covers the function's timeout, API Gateway may call the
# function, every function may write its log, and the access log has a field that HTTP APIs know.

variable "prefix" {
  default = ""
}

variable "code" {
  description = "A jar or zip with the three functions."
}

variable "runtime" {
  default = "java17"
}

variable "handlers" {
  type = map(string)
  default = {
    s3_to_sqs     = "io.pipelab.functions.offers.S3ToSqs::handleRequest"
    sqs_to_dynamo = "io.pipelab.functions.offers.SqsToDynamo::handleRequest"
    job_api       = "io.pipelab.functions.offers.JobApi::handleRequest"
  }
}

variable "api_memory" {
  default = 512
}

variable "lambda_exec_policy_arn" {
  default = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_caller_identity" "here" {}

data "aws_iam_policy_document" "functions" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

# Part 1: S3 and the function that makes messages

resource "aws_s3_bucket" "s3_job_offer_bucket" {
  bucket        = "${var.prefix}job-offers-${data.aws_caller_identity.here.account_id}-us-east-1"
  force_destroy = true
}

resource "aws_s3_object" "job_offers" {
  bucket = aws_s3_bucket.s3_job_offer_bucket.id
  key    = "job_offers/"
}

resource "aws_sqs_queue" "job_offers_deadletter_queue" {
  name = "${var.prefix}job-offers-deadletter-queue"
}

resource "aws_sqs_queue" "job_offers_queue" {
  name                       = "${var.prefix}job-offers-queue"
  visibility_timeout_seconds = 5400
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.job_offers_deadletter_queue.arn
    maxReceiveCount     = 4
  })
}

resource "aws_iam_role" "s3_to_sqs" {
  name               = "${var.prefix}s3_to_sqs_lambda_role"
  assume_role_policy = data.aws_iam_policy_document.functions.json
}

resource "aws_iam_role_policy" "s3_to_sqs_files" {
  name = "files"
  role = aws_iam_role.s3_to_sqs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = "${aws_s3_bucket.s3_job_offer_bucket.arn}/*"
    }]
  })
}

resource "aws_iam_role_policy" "s3_to_sqs_messages" {
  name = "messages"
  role = aws_iam_role.s3_to_sqs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "sqs:SendMessage"
      Resource = aws_sqs_queue.job_offers_queue.arn
    }]
  })
}

resource "aws_iam_role_policy_attachment" "s3_to_sqs_logs" {
  role       = aws_iam_role.s3_to_sqs.name
  policy_arn = var.lambda_exec_policy_arn
}

resource "aws_lambda_function" "s3_to_sqs" {
  function_name    = "${var.prefix}s3_to_sqs_lambda"
  handler          = var.handlers.s3_to_sqs
  memory_size      = 512
  timeout          = 900
  runtime          = var.runtime
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  role             = aws_iam_role.s3_to_sqs.arn
  environment {
    variables = {
      QUEUE_URL = aws_sqs_queue.job_offers_queue.url
    }
  }
}

resource "aws_lambda_permission" "s3" {
  statement_id  = "AllowExecutionFromS3Bucket"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.s3_to_sqs.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.s3_job_offer_bucket.arn
}

resource "aws_s3_bucket_notification" "job_offers" {
  bucket = aws_s3_bucket.s3_job_offer_bucket.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.s3_to_sqs.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = aws_s3_object.job_offers.key
    filter_suffix       = ".csv"
  }
  depends_on = [aws_lambda_permission.s3]
}

# Part 2: DynamoDB and the function that stores

resource "aws_dynamodb_table" "job-table" {
  name           = "${var.prefix}job-offers"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "id"
  range_key      = "city"
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "city"
    type = "S"
  }
}

resource "aws_iam_role" "sqs_to_dynamo" {
  name               = "${var.prefix}sqs_to_dynamo_lambda_role"
  assume_role_policy = data.aws_iam_policy_document.functions.json
}

resource "aws_iam_role_policy" "sqs_to_dynamo_messages" {
  name = "messages"
  role = aws_iam_role.sqs_to_dynamo.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ChangeMessageVisibility",
      ]
      Resource = aws_sqs_queue.job_offers_queue.arn
    }]
  })
}

resource "aws_iam_role_policy" "sqs_to_dynamo_items" {
  name = "items"
  role = aws_iam_role.sqs_to_dynamo.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:PutItem"
      Resource = aws_dynamodb_table.job-table.arn
    }]
  })
}

resource "aws_iam_role_policy_attachment" "sqs_to_dynamo_logs" {
  role       = aws_iam_role.sqs_to_dynamo.name
  policy_arn = var.lambda_exec_policy_arn
}

resource "aws_lambda_function" "sqs_to_dynamo" {
  function_name    = "${var.prefix}sqs_to_dynamo_lambda"
  handler          = var.handlers.sqs_to_dynamo
  memory_size      = 512
  timeout          = 900
  runtime          = var.runtime
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  role             = aws_iam_role.sqs_to_dynamo.arn
  environment {
    variables = {
      TABLE_NAME    = aws_dynamodb_table.job-table.name
      QUEUE_URL     = aws_sqs_queue.job_offers_queue.url
      RETRY_SECONDS = 30
    }
  }
}

resource "aws_lambda_permission" "sqs" {
  statement_id  = "AllowExecutionFromSQS"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.sqs_to_dynamo.function_name
  principal     = "sqs.amazonaws.com"
  source_arn    = aws_sqs_queue.job_offers_queue.arn
}

resource "aws_lambda_event_source_mapping" "job_offers" {
  event_source_arn        = aws_sqs_queue.job_offers_queue.arn
  function_name           = aws_lambda_function.sqs_to_dynamo.function_name
  function_response_types = ["ReportBatchItemFailures"]
}

# Part 3: the API

resource "aws_iam_role" "job_api" {
  name               = "${var.prefix}job_api_lambda_role"
  assume_role_policy = data.aws_iam_policy_document.functions.json
}

resource "aws_iam_role_policy" "job_api_items" {
  name = "items"
  role = aws_iam_role.job_api.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:*"
      Resource = aws_dynamodb_table.job-table.arn
    }]
  })
}

resource "aws_iam_role_policy_attachment" "job_api_logs" {
  role       = aws_iam_role.job_api.name
  policy_arn = var.lambda_exec_policy_arn
}

resource "aws_lambda_function" "job_api" {
  function_name    = "${var.prefix}job_api_lambda"
  handler          = var.handlers.job_api
  memory_size      = var.api_memory
  timeout          = 30
  runtime          = var.runtime
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  role             = aws_iam_role.job_api.arn
  environment {
    variables = {
      TABLE_NAME = aws_dynamodb_table.job-table.name
    }
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowExecutionFromApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.job_api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.job_api_gw.execution_arn}/*/*"
}

resource "aws_apigatewayv2_api" "job_api_gw" {
  name          = "${var.prefix}job_api_gw"
  protocol_type = "HTTP"
}

resource "aws_cloudwatch_log_group" "api_gw" {
  name              = "/aws/api_gw/${aws_apigatewayv2_api.job_api_gw.name}"
  retention_in_days = 7
}

resource "aws_apigatewayv2_stage" "job_api_gw_dev_stage" {
  api_id      = aws_apigatewayv2_api.job_api_gw.id
  name        = "dev"
  auto_deploy = true
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api_gw.arn
    format = jsonencode({
      requestId               = "$context.requestId"
      sourceIp                = "$context.identity.sourceIp"
      requestTime             = "$context.requestTime"
      protocol                = "$context.protocol"
      httpMethod              = "$context.httpMethod"
      resourcePath            = "$context.path"
      routeKey                = "$context.routeKey"
      status                  = "$context.status"
      responseLength          = "$context.responseLength"
      integrationErrorMessage = "$context.integrationErrorMessage"
    })
  }
}

resource "aws_apigatewayv2_integration" "job_api_gw_integration" {
  api_id                 = aws_apigatewayv2_api.job_api_gw.id
  integration_uri        = aws_lambda_function.job_api.invoke_arn
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  payload_format_version = "2.0"
  request_parameters = {
    "overwrite:path" = "$request.path"
  }
}

resource "aws_apigatewayv2_route" "all" {
  api_id    = aws_apigatewayv2_api.job_api_gw.id
  route_key = "ANY /{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.job_api_gw_integration.id}"
}

output "invoke_url" {
  value = aws_apigatewayv2_stage.job_api_gw_dev_stage.invoke_url
}
