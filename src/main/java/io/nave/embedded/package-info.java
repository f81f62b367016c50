/**
 * PostgreSQL and Kafka inside the process, for a laptop: no container, no installation. Both keep
 * everything under a folder, listen on loopback only, are as durable as a server's, and recover
 * from a killed process. A folder serves one process at a time. Not for production, where both run
 * as servers of their own.
 */
package io.nave.embedded;
