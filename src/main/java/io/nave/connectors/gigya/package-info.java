/**
 * What the connector {@code gigya} needs beyond its Kamelets: signed calls, the reading of accounts
 * page by page, signed webhooks, and writing only what differs.
 */
package io.nave.connectors.gigya;
