/** S3: buckets, objects and their versions, uploads in parts, bucket configurations, events. */
@NullMarked
package io.pipelab.local.s3;

import org.jspecify.annotations.NullMarked;
