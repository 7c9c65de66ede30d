/** Where the commands run: real AWS, the embedded cloud, or any AWS-compatible endpoint. */
@NullMarked
package io.pipelab.target;

import org.jspecify.annotations.NullMarked;
