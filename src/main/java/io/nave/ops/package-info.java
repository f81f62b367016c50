/**
 * What the hub says of itself to machines that watch it. The probes tell a sick hub only: a system
 * that is paused or broken is told in the health group {@code spokes}, which is always up.
 */
package io.nave.ops;
