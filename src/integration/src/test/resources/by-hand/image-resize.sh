# Makes the lab image-resize by hand, as its source does it in the console.
# Reads ENDPOINT, JAR: the functions' code, and PREFIX: what each name begins with.
set -eu
aws() { command aws --endpoint-url "$ENDPOINT" --output text "$@"; }

account=$(aws sts get-caller-identity --query Account)

# Task 1: a topic.
topic=$(aws sns create-topic --name "${PREFIX}resize-image-topic-4711" --query TopicArn)

# Task 2: two queues, each subscribed; the console writes the queues' policies.
for queue in "${PREFIX}thumbnail-queue" "${PREFIX}mobile-queue"; do
  url=$(aws sqs create-queue --queue-name "$queue" --query QueueUrl)
  arn=arn:aws:sqs:$AWS_DEFAULT_REGION:$account:$queue
  cat > policy.json <<EOF
{"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"__owner_statement\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::$account:root\"},\"Action\":\"SQS:*\",\"Resource\":\"$arn\"},{\"Sid\":\"topic-subscription-$topic\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"SQS:SendMessage\",\"Resource\":\"$arn\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"$topic\"}}}]}"}
EOF
  aws sqs set-queue-attributes --queue-url "$url" --attributes file://policy.json
  aws sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "$arn" > /dev/null
done

# Task 3: whoever acts for the account may publish, also S3; a bucket that tells the topic.
bucket=${PREFIX}resize-image-by-hand
cat > policy.json <<EOF
{"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [
  {"Sid": "__default_statement_ID", "Effect": "Allow", "Principal": {"AWS": "*"},
   "Action": ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission",
     "SNS:RemovePermission", "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic",
     "SNS:Publish"],
   "Resource": "$topic", "Condition": {"StringEquals": {"AWS:SourceAccount": "$account"}}},
  {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "SNS:Publish",
   "Resource": "$topic", "Condition": {"StringEquals": {"AWS:SourceAccount": "$account"}}}]}
EOF
aws sns set-topic-attributes --topic-arn "$topic" --attribute-name Policy \
  --attribute-value file://policy.json
aws s3api create-bucket --bucket "$bucket" > /dev/null
aws s3api put-object --bucket "$bucket" --key ingest/ > /dev/null
cat > notification.json <<EOF
{"TopicConfigurations": [{"Id": "resize-image-event", "TopicArn": "$topic",
  "Events": ["s3:ObjectCreated:*"],
  "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "ingest/"},
    {"Name": "suffix", "Value": ".jpg"}]}}}]}
EOF
aws s3api put-bucket-notification-configuration --bucket "$bucket" \
  --notification-configuration file://notification.json

# Task 4: the role that both functions use.
cat > trust.json <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
  "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
EOF
role=$(aws iam create-role --role-name "${PREFIX}LabExecutionRole" \
  --assume-role-policy-document file://trust.json --query Role.Arn)
cat > rights.json <<EOF
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["s3:*", "sqs:*", "lambda:*"], "Resource": "*"},
  {"Effect": "Allow", "Action": ["logs:CreateLogGroup", "logs:CreateLogStream",
    "logs:PutLogEvents"], "Resource": "arn:aws:logs:*:*:*"}]}
EOF
aws iam put-role-policy --role-name "${PREFIX}LabExecutionRole" --policy-name CWLogsPolicy \
  --policy-document file://rights.json

# Task 5: two functions, each called by its queue.
make() { # function, queue, handler, description
  url=$(aws sqs get-queue-url --queue-name "$2" --query QueueUrl)
  aws lambda create-function --function-name "$1" --runtime java17 --role "$role" \
    --handler "$3" --description "$4" --timeout 30 --memory-size 512 \
    --environment "{\"Variables\": {\"QUEUE_URL\": \"$url\"}}" --zip-file "fileb://$JAR" > /dev/null
  aws lambda create-event-source-mapping --function-name "$1" --batch-size 1 \
    --event-source-arn "arn:aws:sqs:$AWS_DEFAULT_REGION:$account:$2" > /dev/null
}
functions=io.pipelab.functions.images
make "${PREFIX}CreateThumbnail" "${PREFIX}thumbnail-queue" $functions.CreateThumbnail::handleRequest \
  'Create a thumbnail-sized image'
make "${PREFIX}CreateMobileImage" "${PREFIX}mobile-queue" $functions.CreateMobileImage::handleRequest \
  'Create a mobile friendly image'

# Task 7: what was uploaded goes after thirty days.
cat > lifecycle.json <<EOF
{"Rules": [{"ID": "cleanup", "Status": "Enabled", "Filter": {"Prefix": "ingest/"},
  "Expiration": {"Days": 30}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}]}
EOF
aws s3api put-bucket-lifecycle-configuration --bucket "$bucket" \
  --lifecycle-configuration file://lifecycle.json
