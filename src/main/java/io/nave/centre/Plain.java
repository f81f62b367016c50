package io.nave.centre;

import io.quarkus.qute.TemplateData;

/**
 * A page with one question, or none.
 *
 * @param button null: there is nothing to press
 * @param act what pressing it does
 * @param other a second button, which unsubscribes from everything; null: none
 * @param back null: nowhere to go back to
 */
@TemplateData
public record Plain(
    Frame f, String title, String lead, String button, String act, String other, String back) {}
