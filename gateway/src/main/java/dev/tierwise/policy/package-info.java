/// stub
@NullMarked
package dev.tierwise.policy;

import org.jspecify.annotations.NullMarked;
