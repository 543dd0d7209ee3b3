/// Model servers that run as supervised child processes of the gateway.
@NullMarked
package dev.tierwise.call.process;

import org.jspecify.annotations.NullMarked;
