/**
 * Who allowed what, for which purpose, on which channel, with what proof. {@link
 * io.nave.consent.ConsentFold} turns the ledger's entries into what holds now, {@link
 * io.nave.consent.Purposes} says what may be consented to. Both are pure: the order in which
 * entries arrive plays no part, and a source's silence changes nothing.
 */
package io.nave.consent;
