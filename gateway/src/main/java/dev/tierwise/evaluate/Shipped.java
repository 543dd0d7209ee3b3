package dev.tierwise.evaluate;

import dev.tierwise.predict.AnswerHead;
import dev.tierwise.predict.Prior;
import org.jspecify.annotations.Nullable;

/// The weights that come with the product, as far as an evaluation may use them.
///
/// @param prior null where it was made from the rows that are measured on, so that another has to
///   be made without them
/// @param judge of answers; null where it was made from them
record Shipped(@Nullable Prior prior, @Nullable AnswerHead judge) {}
