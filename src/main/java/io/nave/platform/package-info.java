/** Clock, ids, JSON, failure codes: small, and knows nothing of ours. */
package io.nave.platform;
