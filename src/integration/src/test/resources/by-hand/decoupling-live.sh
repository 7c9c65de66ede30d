# Makes the live half of the lab decoupling by hand, as its source does it before the class.
# Reads ENDPOINT, THRESHOLD: above how many messages the alarm goes off, and PREFIX: what each name
# begins with.
set -eu
aws() { command aws --endpoint-url "$ENDPOINT" --output text "$@"; }

account=$(aws sts get-caller-identity --query Account)
function=${PREFIX}fasttrack-saa

aws sqs create-queue --queue-name "${PREFIX}demo-decoupling-saa" > /dev/null
topic=$(aws sns create-topic --name "${PREFIX}fasttrack-saa" --query TopicArn)
aws lambda add-permission --function-name "$function" --statement-id sns \
  --action lambda:InvokeFunction --principal sns.amazonaws.com \
  --source-arn "$topic" --source-account "$account" > /dev/null
aws sns subscribe --topic-arn "$topic" --protocol lambda \
  --notification-endpoint "arn:aws:lambda:$AWS_DEFAULT_REGION:$account:function:$function" > /dev/null
aws cloudwatch put-metric-alarm --alarm-name "${PREFIX}fasttrack-saa-too-many" \
  --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible \
  --dimensions "Name=QueueName,Value=${PREFIX}demo-decoupling-saa" --statistic Sum --period 60 \
  --evaluation-periods 1 --threshold "$THRESHOLD" --comparison-operator GreaterThanThreshold \
  --alarm-actions "$topic"
