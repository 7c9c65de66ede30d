# The lab task-manager, as far as it stands without network interfaces of its own: a network, the
# database in it with its password in a secret, a function behind a URL, and one behind a queue.

variable "code" {
  description = "A jar or zip with the functions."
}

variable "handler" {
  default = "Echo::handle"
}

variable "batch_size" {
  default = 1
}

variable "retention_days" {
  default = 0
}

data "aws_availability_zones" "here" {
  state = "available"
}

# The network

resource "aws_vpc" "tasks" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = "task-manager" }
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.tasks.id
  cidr_block        = "10.0.${count.index + 11}.0/24"
  availability_zone = data.aws_availability_zones.here.names[count.index]
}

resource "aws_security_group" "functions" {
  name        = "task-functions"
  description = "What the functions may reach"
  vpc_id      = aws_vpc.tasks.id
}

resource "aws_security_group" "database" {
  name        = "task-database"
  description = "Who may reach the database"
  vpc_id      = aws_vpc.tasks.id

  ingress {
    protocol        = "tcp"
    from_port       = 3306
    to_port         = 3306
    security_groups = [aws_security_group.functions.id]
  }
}

# The database and its password

resource "aws_secretsmanager_secret" "database" {
  name                    = "task-manager/database"
  description             = "The database's owner"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ username = "admin", password = "a-password-of-tests" })
}

resource "aws_db_subnet_group" "tasks" {
  name        = "task-manager"
  description = "Two zones"
  subnet_ids  = aws_subnet.private[*].id
}

resource "aws_db_instance" "tasks" {
  identifier              = "task-db"
  engine                  = "mysql"
  engine_version          = "8.4"
  instance_class          = "db.t4g.micro"
  allocated_storage       = 20
  db_name                 = "taskmanagement"
  username                = jsondecode(aws_secretsmanager_secret_version.database.secret_string)["username"]
  password                = jsondecode(aws_secretsmanager_secret_version.database.secret_string)["password"]
  db_subnet_group_name    = aws_db_subnet_group.tasks.name
  vpc_security_group_ids  = [aws_security_group.database.id]
  publicly_accessible     = false
  backup_retention_period = var.retention_days
  apply_immediately       = true
  skip_final_snapshot     = true
}

# The functions

data "aws_iam_policy_document" "functions" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "functions" {
  name               = "task-functions"
  assume_role_policy = data.aws_iam_policy_document.functions.json
}

resource "aws_iam_role_policy" "functions" {
  name = "queue"
  role = aws_iam_role.functions.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = aws_sqs_queue.tasks.arn
      },
      {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = aws_secretsmanager_secret.database.arn
      },
    ]
  })
}

resource "aws_lambda_function" "management" {
  function_name    = "task-management-function"
  role             = aws_iam_role.functions.arn
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  runtime          = "java17"
  handler          = var.handler
  timeout          = 10
  memory_size      = 512
  environment {
    variables = {
      DB_HOST = aws_db_instance.tasks.address
      DB_NAME = aws_db_instance.tasks.db_name
    }
  }
}

resource "aws_lambda_function_url" "management" {
  function_name      = aws_lambda_function.management.function_name
  authorization_type = "NONE"
  cors {
    allow_origins = ["*"]
    allow_methods = ["GET", "POST"]
  }
}

resource "aws_lambda_function" "processing" {
  function_name    = "task-processing-function"
  role             = aws_iam_role.functions.arn
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  runtime          = "java17"
  handler          = var.handler
  timeout          = 10
}

resource "aws_cloudwatch_log_group" "functions" {
  for_each          = toset([aws_lambda_function.management.function_name, aws_lambda_function.processing.function_name])
  name              = "/aws/lambda/${each.value}"
  retention_in_days = 14
}

# From the topic to the second function

resource "aws_sns_topic" "tasks" {
  name = "new-task-notification"
}

resource "aws_sqs_queue" "tasks" {
  name                       = "task-processing-queue"
  visibility_timeout_seconds = 60
}

resource "aws_sqs_queue_policy" "tasks" {
  queue_url = aws_sqs_queue.tasks.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.tasks.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.tasks.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "tasks" {
  topic_arn = aws_sns_topic.tasks.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.tasks.arn
}

resource "aws_lambda_event_source_mapping" "tasks" {
  event_source_arn = aws_sqs_queue.tasks.arn
  function_name    = aws_lambda_function.processing.arn
  batch_size       = var.batch_size
}

# An order that is kept, as lambda-concepts has it

resource "aws_sns_topic" "orders" {
  name                        = "orders.fifo"
  fifo_topic                  = true
  content_based_deduplication = true
}

resource "aws_sqs_queue" "orders" {
  name                        = "orders.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn            = aws_sns_topic.orders.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders.arn
  raw_message_delivery = true
}

output "url" {
  value = aws_lambda_function_url.management.function_url
}
