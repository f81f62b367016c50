/**
 * The runtime of the connector folders: translates vendor records, hands over deliveries,
 * classifies failures. The only package of the hub that knows Camel and Kafka. A vendor's package
 * below it holds what cannot be said in a Kamelet, such as signatures and tokens.
 */
package io.nave.connectors;
