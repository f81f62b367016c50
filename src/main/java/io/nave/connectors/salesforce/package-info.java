/**
 * What the Salesforce Kamelets cannot say in YAML: one camel-salesforce component per spoke, the
 * change feed over gRPC, and the vendor's errors as codes.
 */
package io.nave.connectors.salesforce;
