package io.nave.connectors.s4hana;

import java.time.Instant;
import java.util.Map;

/**
 * What a webhook request says.
 *
 * @param status what to answer once the partners are observed: 204, 400 or 401
 * @param partners the numbers of partners that changed, with the time of the event (may be null)
 */
public record Notice(int status, Map<String, Instant> partners) {}
