"""boto3: SendMessage one by one against GetCallerIdentity one by one, in calls a second; pairs, so that noise falls on both.

    python3 bench/boto3-sends.py ENDPOINT QUEUE_URL
"""
import sys, time, statistics
import boto3

endpoint, queue = sys.argv[1:3]
keys = dict(endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")
sqs, sts = boto3.client("sqs", **keys), boto3.client("sts", **keys)


def rate(call, times=300):
    start = time.perf_counter()
    for _ in range(times):
        call()
    return times / (time.perf_counter() - start)


pairs = [
    (rate(lambda: sqs.send_message(QueueUrl=queue, MessageBody="731845920")), rate(sts.get_caller_identity))
    for _ in range(6)
][1:]
print("%d %d %.2f" % (*map(statistics.median, zip(*pairs)), statistics.median(a / b for a, b in pairs)))
