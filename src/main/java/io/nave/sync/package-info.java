/**
 * The hub itself: receives observations, reconciles them in one transaction a batch, publishes from
 * the outbox, and delivers. At least once, idempotent, in order for each customer. Takes stewards'
 * decisions, which are carried out at once and can be taken back. Locks are taken in one order: the
 * partitions' progress or the lock of deciding, the turn, customers, deliveries.
 */
package io.nave.sync;
