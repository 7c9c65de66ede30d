/** Checks of buckets and their files. */
@NullMarked
package io.pipelab.verify.check.bucket;

import org.jspecify.annotations.NullMarked;
