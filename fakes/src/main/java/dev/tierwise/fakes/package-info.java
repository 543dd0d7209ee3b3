/// One fake upstream that speaks the wire formats of OpenAI and of the local model servers, with
/// faults switched at run time. Used in-process by tests and as a program by demos.
@NullMarked
package dev.tierwise.fakes;

import org.jspecify.annotations.NullMarked;
