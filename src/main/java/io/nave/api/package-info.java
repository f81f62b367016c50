/**
 * HTTP for systems: observations in, customers, links and the hub's state out. Errors are RFC 9457
 * problems that name the place and what was expected.
 */
package io.nave.api;
