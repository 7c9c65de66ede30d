/**
 * The functions of the image-resize lab: pictures that arrive in a bucket, in two smaller formats.
 * They ship to AWS in a jar of their own and import nothing of the rest.
 */
@NullMarked
package io.pipelab.functions.images;

import org.jspecify.annotations.NullMarked;
