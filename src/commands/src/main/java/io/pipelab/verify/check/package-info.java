/** The check types: one file each, a claim about the cloud that is looked at and never changed. */
@NullMarked
package io.pipelab.verify.check;

import org.jspecify.annotations.NullMarked;
