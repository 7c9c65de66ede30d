/** DynamoDB: AWS's own DynamoDB Local in this process, with the cloud's names around it. */
@NullMarked
package io.pipelab.local.dynamodb;

import org.jspecify.annotations.NullMarked;
