/**
 * HTTP for systems: observations in, customers, links, history and the hub's state out, and what
 * stewards decide and pin. Errors are RFC 9457 problems that name the place and what was expected.
 */
package io.nave.api;
