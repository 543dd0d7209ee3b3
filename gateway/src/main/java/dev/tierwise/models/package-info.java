/// The models kept on this machine: how they are named, fetched, checked and stored.
@NullMarked
package dev.tierwise.models;

import org.jspecify.annotations.NullMarked;
