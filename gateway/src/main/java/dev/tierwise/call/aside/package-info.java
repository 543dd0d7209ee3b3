/// What is asked beside a request to find out whether an answer to it is good.
@NullMarked
package dev.tierwise.call.aside;

import org.jspecify.annotations.NullMarked;
