/**
 * A stand-in for SAP Customer Data Cloud (Gigya): the {@code accounts.*} methods over HTTP, signed
 * requests, search with cursors, and signed webhooks that are delivered at least once. The answers
 * follow the vendor's envelope: HTTP 200 with an {@code errorCode}, unless the caller asks for
 * {@code httpStatusCodes=true}.
 */
package io.nave.sandbox.gigya;
