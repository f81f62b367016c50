/**
 * The main class and the command line. Commands that only talk to a running hub ({@code load},
 * {@code status}) use its public HTTP and start nothing; only this package may use every other.
 */
package io.nave;
