/**
 * A stand-in for a Salesforce org: OAuth and SOAP login, REST (records, describe, SOQL, composite),
 * Bulk API 2.0, and change data capture by the Pub/Sub API (gRPC). {@link
 * io.nave.sandbox.salesforce.Org} holds the records; a {@link io.nave.sandbox.salesforce.Call} is
 * answered without regard to HTTP, so that composite requests reuse every resource.
 */
package io.nave.sandbox.salesforce;
