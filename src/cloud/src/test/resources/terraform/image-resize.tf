# The resources of the lab image-resize, as somebody who knows Terraform writes them down.

variable "prefix" {
  default = ""
}

variable "code" {
  description = "A jar or zip with the two functions."
}

variable "runtime" {
  default = "java17"
}

variable "expiration_days" {
  default = 30
}

data "aws_caller_identity" "here" {}

locals {
  sizes = {
    thumbnail = { function = "CreateThumbnail", width = 128, height = 128 }
    mobile    = { function = "CreateMobileImage", width = 640, height = 320 }
  }
  bucket = "${var.prefix}resize-image-${data.aws_caller_identity.here.account_id}-us-east-1"
}

resource "aws_sns_topic" "topic" {
  name = "${var.prefix}resize-image-topic-1234"
}

data "aws_iam_policy_document" "topic" {
  statement {
    sid       = "NewPictures"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.topic.arn]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.here.account_id]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:s3:::${local.bucket}"]
    }
  }
}

resource "aws_sns_topic_policy" "topic" {
  arn    = aws_sns_topic.topic.arn
  policy = data.aws_iam_policy_document.topic.json
}

resource "aws_sqs_queue" "dead_letter" {
  for_each                  = local.sizes
  name                      = "${var.prefix}${each.key}-dead-letter"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "queue" {
  for_each                   = local.sizes
  name                       = "${var.prefix}${each.key}-queue"
  visibility_timeout_seconds = 120
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter[each.key].arn
    maxReceiveCount     = 3
  })
}

resource "aws_sqs_queue_policy" "queue" {
  for_each  = local.sizes
  queue_url = aws_sqs_queue.queue[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "FromTheTopic"
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.queue[each.key].arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.topic.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "queue" {
  for_each   = local.sizes
  topic_arn  = aws_sns_topic.topic.arn
  protocol   = "sqs"
  endpoint   = aws_sqs_queue.queue[each.key].arn
  depends_on = [aws_sqs_queue_policy.queue]
}

resource "aws_s3_bucket" "pictures" {
  bucket        = local.bucket
  force_destroy = true
}

resource "aws_s3_object" "ingest" {
  bucket = aws_s3_bucket.pictures.id
  key    = "ingest/"
}

resource "aws_s3_bucket_versioning" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "pictures" {
  bucket                  = aws_s3_bucket.pictures.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  rule {
    id     = "cleanup"
    status = "Enabled"
    filter {
      prefix = "ingest/"
    }
    expiration {
      days = var.expiration_days
    }
    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }
  depends_on = [aws_s3_bucket_versioning.pictures]
}

resource "aws_s3_bucket_notification" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  topic {
    id            = "resize-image-event"
    topic_arn     = aws_sns_topic.topic.arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "ingest/"
    filter_suffix = ".jpg"
  }
  depends_on = [aws_sns_topic_policy.topic]
}

resource "aws_cloudwatch_log_group" "function" {
  for_each          = local.sizes
  name              = "/aws/lambda/${var.prefix}${each.value.function}"
  retention_in_days = 7
}

data "aws_iam_policy_document" "functions" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  for_each           = local.sizes
  name               = "${var.prefix}resize-image-${each.key}-role"
  assume_role_policy = data.aws_iam_policy_document.functions.json
}

resource "aws_iam_role_policy" "function" {
  for_each = local.sizes
  name     = "make-${each.key}-pictures"
  role     = aws_iam_role.function[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:ChangeMessageVisibility",
        ]
        Resource = aws_sqs_queue.queue[each.key].arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.pictures.arn}/ingest/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "${aws_s3_bucket.pictures.arn}/${each.key}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function[each.key].arn}:*"
      },
    ]
  })
}

resource "aws_lambda_function" "function" {
  for_each         = local.sizes
  function_name    = "${var.prefix}${each.value.function}"
  handler          = "io.pipelab.functions.images.${each.value.function}::handleRequest"
  runtime          = var.runtime
  filename         = var.code
  source_code_hash = filebase64sha256(var.code)
  memory_size      = 512
  timeout          = 20
  role             = aws_iam_role.function[each.key].arn
  environment {
    variables = {
      MAX_WIDTH     = each.value.width
      MAX_HEIGHT    = each.value.height
      QUEUE_URL     = aws_sqs_queue.queue[each.key].url
      RETRY_SECONDS = 10
    }
  }
  depends_on = [aws_cloudwatch_log_group.function]
}

resource "aws_lambda_event_source_mapping" "function" {
  for_each                = local.sizes
  event_source_arn        = aws_sqs_queue.queue[each.key].arn
  function_name           = aws_lambda_function.function[each.key].arn
  batch_size              = 1
  function_response_types = ["ReportBatchItemFailures"]
  scaling_config {
    maximum_concurrency = 2
  }
  depends_on = [aws_iam_role_policy.function]
}
