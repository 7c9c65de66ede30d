/** IAM: roles and policies, stored and attributed. */
@NullMarked
package io.pipelab.local.iam;

import org.jspecify.annotations.NullMarked;
