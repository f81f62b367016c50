/**
 * The population and the story of {@code ./nave demo}, told through public HTTP only. {@link
 * io.nave.demo.Population} invents people and what four systems wrongly and partly know of them;
 * {@link io.nave.demo.Fill} writes that into the systems; {@link io.nave.demo.Truth} knows the
 * answer. Nobody here exists: e-mails end in reserved domains, and no number is ever called.
 */
package io.nave.demo;
