/// Upstreams reached over HTTP. With `call` the only code that opens outgoing sockets.
@NullMarked
package dev.tierwise.call.http;

import org.jspecify.annotations.NullMarked;
