/**
 * What a customer is, for every spoke: records, schema, and the standardisation of names, e-mails,
 * phones, addresses and dates. Plain Java: no framework, no database, no clock. Everything here is
 * immutable, and every function is pure.
 */
package io.nave.canonical;
