/**
 * The preference centre: the pages and the small public API that customers themselves see. Whoever
 * holds a signed link is the customer. Nothing is changed by a GET, nothing needs a script, and
 * what is refused is refused in one way.
 */
package io.nave.centre;
