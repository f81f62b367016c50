/**
 * Pages for people: the wheel (what flows between the hub and its spokes now), customers with the
 * origin of every value, and what waits for a person. Read-only. Every text that people read is in
 * {@link io.nave.console.Texts}; every value of a customer is escaped by the templates, and the
 * pages run under a policy that admits no script or style but the console's own files.
 */
package io.nave.console;
