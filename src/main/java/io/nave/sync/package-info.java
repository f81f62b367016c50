/**
 * The hub itself: receives observations, reconciles them in one transaction a batch, publishes from
 * the outbox, and delivers. At least once, idempotent, in order for each customer. Locks are taken
 * in one order: the partitions' progress, blocks, customers, deliveries.
 */
package io.nave.sync;
