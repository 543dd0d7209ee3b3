/// A small linear tagger that learns from labelled text, and its files.
@NullMarked
package dev.tierwise.detect.tag;

import org.jspecify.annotations.NullMarked;
