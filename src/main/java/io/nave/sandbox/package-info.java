/**
 * Stand-ins for vendor systems that speak the vendors' documented HTTP: for the demo, for connector
 * tests, and for people who want to try a client library. Imports nothing of Nave's own; keeps its
 * state in memory; every sandbox binds to loopback only.
 */
package io.nave.sandbox;
