/**
 * A stand-in for SAP S/4HANA's business partner service (OData v2, {@code API_BUSINESS_PARTNER})
 * and for the event broker that pushes its change events. The OData part is driven by the entity
 * model in {@link io.nave.sandbox.s4hana.PartnerModel}; what is stored is typed by it, and {@code
 * $metadata} is written from it.
 */
package io.nave.sandbox.s4hana;
