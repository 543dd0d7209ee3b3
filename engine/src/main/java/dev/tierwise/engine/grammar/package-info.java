/// What an answer may look like: grammars of JSON schemas, regular expressions and GBNF, and which
/// tokens they allow next.
@NullMarked
package dev.tierwise.engine.grammar;

import org.jspecify.annotations.NullMarked;
