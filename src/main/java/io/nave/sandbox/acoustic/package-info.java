/**
 * A stand-in for Acoustic Campaign (formerly Silverpop Engage): one database of contacts behind the
 * XML API, with OAuth and the older sessions, background jobs, export files and the limit on
 * requests under way.
 */
package io.nave.sandbox.acoustic;
