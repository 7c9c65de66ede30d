/**
 * HTTP requests as events of functions, and what functions return as HTTP answers: what HTTP APIs
 * and function URLs have in common.
 */
@NullMarked
package io.pipelab.local.payload;

import org.jspecify.annotations.NullMarked;
