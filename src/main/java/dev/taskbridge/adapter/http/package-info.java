/**
 * The way out over HTTP: credentials, retries, pacing and what an answer means, the same for every
 * system. The routes are {@code routes/http.yaml}; adapters see {@link dev.taskbridge.adapter.Http}
 * only.
 */
@NullMarked
package dev.taskbridge.adapter.http;

import org.jspecify.annotations.NullMarked;
