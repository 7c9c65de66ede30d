# What the notes of lambda-concepts speak of: a function in a network, with a layer and an alias; streams, rules,
# FIFO topics and queues, and a metric filter.

variable "code" {
  description = "A jar or zip with the function."
}

variable "shards" {
  default = 2
}

variable "rate" {
  default = "rate(5 minutes)"
}

resource "aws_vpc" "concepts" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.concepts.id
  cidr_block = "10.0.11.0/24"
}

resource "aws_security_group" "functions" {
  name   = "concept-functions"
  vpc_id = aws_vpc.concepts.id
}

resource "aws_security_group" "endpoint" {
  name   = "concept-endpoint"
  vpc_id = aws_vpc.concepts.id
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id            = aws_security_group.endpoint.id
  referenced_security_group_id = aws_security_group.functions.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id            = aws_security_group.functions.id
  referenced_security_group_id = aws_security_group.endpoint.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_endpoint" "sns" {
  vpc_id              = aws_vpc.concepts.id
  service_name        = "com.amazonaws.us-east-1.sns"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.private.id]
  security_group_ids  = [aws_security_group.endpoint.id]
}

resource "aws_iam_role" "f" {
  name               = "concept-function"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["lambda.amazonaws.com", "events.amazonaws.com"] } }] })
}

resource "aws_iam_role_policy" "f" {
  name   = "network"
  role   = aws_iam_role.f.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface", "ec2:DescribeSubnets", "kinesis:*", "events:*"], Resource = "*" }] })
}

resource "aws_lambda_layer_version" "l" {
  layer_name          = "libraries"
  filename            = var.code
  compatible_runtimes = ["java17"]
}

resource "aws_lambda_function" "f" {
  depends_on    = [aws_iam_role_policy.f]
  function_name = "concept"
  role          = aws_iam_role.f.arn
  runtime       = "java17"
  handler       = "Echo::handle"
  filename      = var.code
  layers        = [aws_lambda_layer_version.l.arn]
  publish       = true
  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = [aws_security_group.functions.id]
  }
}

resource "aws_lambda_alias" "a" {
  name             = "PRODUCTION"
  function_name    = aws_lambda_function.f.function_name
  function_version = aws_lambda_function.f.version
}

resource "aws_kinesis_stream" "s" {
  name        = "concept-records"
  shard_count = var.shards
}

resource "aws_cloudwatch_event_bus" "b" {
  name = "concept-orders"
}

resource "aws_cloudwatch_event_rule" "pattern" {
  name           = "concept-pattern"
  event_bus_name = aws_cloudwatch_event_bus.b.name
  event_pattern  = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_rule" "schedule" {
  name                = "concept-schedule"
  schedule_expression = var.rate
}

resource "aws_sqs_queue" "fifo" {
  name       = "concept.fifo"
  fifo_queue = true
}

resource "aws_sns_topic" "fifo" {
  name       = "concept.fifo"
  fifo_topic = true
}

resource "aws_sns_topic_subscription" "fifo" {
  topic_arn = aws_sns_topic.fifo.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.fifo.arn
}

resource "aws_cloudwatch_event_target" "queue" {
  rule           = aws_cloudwatch_event_rule.pattern.name
  event_bus_name = aws_cloudwatch_event_bus.b.name
  arn            = aws_sqs_queue.fifo.arn
  sqs_target {
    message_group_id = "g"
  }
}

resource "aws_cloudwatch_event_target" "function" {
  rule = aws_cloudwatch_event_rule.schedule.name
  arn  = aws_lambda_alias.a.arn
}

resource "aws_lambda_permission" "events" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  qualifier     = aws_lambda_alias.a.name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.schedule.arn
}

resource "aws_cloudwatch_log_group" "g" {
  name = "/concepts"
}

resource "aws_cloudwatch_log_metric_filter" "m" {
  name           = "errors"
  log_group_name = aws_cloudwatch_log_group.g.name
  pattern        = "ERROR"
  metric_transformation {
    name      = "Errors"
    namespace = "Concepts"
    value     = "1"
  }
}
