/** EC2: the VPC resources that labs put their tasks into. */
@NullMarked
package io.pipelab.local.ec2;

import org.jspecify.annotations.NullMarked;
