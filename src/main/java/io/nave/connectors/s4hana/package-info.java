/**
 * What SAP's business partner service needs beyond a Kamelet: CSRF tokens, ETags, OData's literals,
 * and writes that touch several entities. Business partners travel as plain maps, described in
 * {@code connectors/s4hana/README.md}.
 */
package io.nave.connectors.s4hana;
