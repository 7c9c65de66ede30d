/** Secrets Manager: secrets, their versions, and random passwords. */
@NullMarked
package io.pipelab.local.secretsmanager;

import org.jspecify.annotations.NullMarked;
