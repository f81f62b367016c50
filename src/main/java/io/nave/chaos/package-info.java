/**
 * {@code ./nave chaos}: a plan of changes and misfortunes that a seed decides, carried out on a hub
 * of several instances and its systems, and what must be true when it is over. Sees the hub and the
 * systems from outside only, by HTTP; who starts and kills their processes implements {@link
 * io.nave.chaos.House}.
 */
package io.nave.chaos;
