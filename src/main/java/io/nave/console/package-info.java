/**
 * Pages for people: the wheel (what flows between the hub and its spokes now), the systems and what
 * operators do to them, customers with the origin of every value, what waits for a person, and the
 * stewards' pages (review, why), whose forms are taken from the console itself only. Every text
 * that people read is in {@link io.nave.console.Texts} and {@link io.nave.console.StewardTexts};
 * every value of a customer is escaped by the templates, and the pages run under a policy that
 * admits no script or style but the console's own files.
 */
package io.nave.console;
