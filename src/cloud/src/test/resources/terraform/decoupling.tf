# The resources of the lab decoupling, as somebody who knows Terraform writes them down.

variable "prefix" {
  default = ""
}

variable "code" {
  description = "A jar or zip with the function."
}

variable "runtime" {
  default = "java17"
}

variable "task_count" {
  default = 4
}

data "aws_region" "here" {}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_s3_bucket" "artifacts" {
  bucket        = "${var.prefix}pipelab-decoupling-terraform"
  force_destroy = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "artifacts" {
  bucket                  = aws_s3_bucket.artifacts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  rule {
    id     = "expire-old-artifacts"
    status = "Enabled"
    filter {}
    expiration {
      days = 30
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

resource "aws_s3_object" "code" {
  bucket      = aws_s3_bucket.artifacts.id
  key         = "functions.jar"
  source      = var.code
  source_hash = filemd5(var.code)
}

resource "aws_ecr_repository" "consumer" {
  name                 = "${var.prefix}fasttracksaa"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = true
  image_scanning_configuration {
    scan_on_push = false
  }
}

resource "aws_ecr_lifecycle_policy" "consumer" {
  repository = aws_ecr_repository.consumer.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "keep ten images"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 10 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_dynamodb_table" "table" {
  name         = "${var.prefix}fasttracksaa"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "queueMessage"
  attribute {
    name = "queueMessage"
    type = "S"
  }
}

resource "aws_sqs_queue" "dead_letter" {
  name                      = "${var.prefix}demo-decoupling-saa-dead-letter"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "queue" {
  name                       = "${var.prefix}demo-decoupling-saa"
  visibility_timeout_seconds = 30
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter.arn
    maxReceiveCount     = 3
  })
}

resource "aws_sns_topic" "topic" {
  name = "${var.prefix}fasttrack-saa"
}

resource "aws_cloudwatch_metric_alarm" "backlog" {
  alarm_name          = "${var.prefix}fasttrack-saa-backlog"
  alarm_description   = "More messages wait in the queue than nobody's work can explain."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.queue.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 100
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.topic.arn]
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${var.prefix}fasttrack-saa"
  retention_in_days = 7
}

resource "aws_iam_role" "function" {
  name = "${var.prefix}fasttrack-saa-lambda-role"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# The source's own: a customer-managed policy, attached.
resource "aws_iam_policy" "function" {
  name = "${var.prefix}fasttrack-saa-lambda-policy"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "RunThisTask"
        Effect    = "Allow"
        Action    = "ecs:RunTask"
        Resource  = aws_ecs_task_definition.consumer.arn
        Condition = { ArnEquals = { "ecs:cluster" = aws_ecs_cluster.cluster.arn } }
      },
      {
        Sid       = "PassTheTasksRoles"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = [aws_iam_role.task.arn, aws_iam_role.execution.arn]
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "function" {
  role       = aws_iam_role.function.name
  policy_arn = aws_iam_policy.function.arn
}

resource "aws_lambda_function" "function" {
  function_name    = "${var.prefix}fasttrack-saa"
  description      = "Starts the tasks that drain the queue."
  handler          = "io.pipelab.functions.StartTasks::handleRequest"
  runtime          = var.runtime
  s3_bucket        = aws_s3_object.code.bucket
  s3_key           = aws_s3_object.code.key
  source_code_hash = filebase64sha256(var.code)
  memory_size      = 512
  timeout          = 20
  role             = aws_iam_role.function.arn
  environment {
    variables = {
      CLUSTER         = aws_ecs_cluster.cluster.arn
      TASK_DEFINITION = aws_ecs_task_definition.consumer.arn
      SUBNETS         = join(",", aws_subnet.public[*].id)
      SECURITY_GROUPS = aws_security_group.tasks.id
      TASK_COUNT      = var.task_count
    }
  }
  depends_on = [aws_cloudwatch_log_group.function]
}

resource "aws_lambda_permission" "topic" {
  statement_id  = "sns"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.function.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.topic.arn
}

resource "aws_sns_topic_subscription" "function" {
  topic_arn = aws_sns_topic.topic.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.function.arn
}

resource "aws_ecs_cluster" "cluster" {
  name = "${var.prefix}FastTrack-Saa-Sqs-demo"
}

resource "aws_cloudwatch_log_group" "tasks" {
  name              = "/ecs/${var.prefix}fasttrack-saa-td"
  retention_in_days = 7
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "${var.prefix}fasttrack-saa-taskexecution-role"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy" "execution" {
  arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = data.aws_iam_policy.execution.arn
}

resource "aws_iam_role" "task" {
  name               = "${var.prefix}fasttrack-saa-task-role"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy" "task" {
  name = "drain-queue-into-table"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = aws_sqs_queue.queue.arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:PutItem"
        Resource = aws_dynamodb_table.table.arn
      },
    ]
  })
}

resource "aws_ecs_task_definition" "consumer" {
  family                   = "${var.prefix}fasttrack-saa-td"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }
  container_definitions = jsonencode([{
    name        = "fasttrack-saa"
    image       = "${aws_ecr_repository.consumer.repository_url}:latest"
    essential   = true
    stopTimeout = 30
    environment = [
      { name = "QUEUE_URL", value = aws_sqs_queue.queue.url },
      { name = "TABLE_NAME", value = aws_dynamodb_table.table.name },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.tasks.name
        awslogs-region        = data.aws_region.here.name
        awslogs-stream-prefix = "ecs"
      }
    }
  }])
}

resource "aws_vpc" "vpc" {
  cidr_block           = "10.42.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = "${var.prefix}fasttrack-saa" }
}

resource "aws_internet_gateway" "gateway" {
  vpc_id = aws_vpc.vpc.id
  tags   = { Name = "${var.prefix}fasttrack-saa" }
}

resource "aws_subnet" "public" {
  count                   = 2
  vpc_id                  = aws_vpc.vpc.id
  availability_zone       = data.aws_availability_zones.available.names[count.index]
  cidr_block              = "10.42.${count.index + 1}.0/24"
  map_public_ip_on_launch = true
  tags                    = { Name = "${var.prefix}fasttrack-saa-public-${count.index + 1}" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.vpc.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.gateway.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "tasks" {
  name        = "${var.prefix}fasttrack-saa-ecs-task-sg"
  description = "FastTrack ECS Task security group"
  vpc_id      = aws_vpc.vpc.id
  egress {
    description = "HTTPS to SQS, DynamoDB, ECR and CloudWatch Logs"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
