/**
 * What the Acoustic Campaign connector cannot say in YAML: XML commands and their answers, access
 * tokens, export jobs and their files, and which calls a change of a contact needs.
 */
package io.nave.connectors.acoustic;
