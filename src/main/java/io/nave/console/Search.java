package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.FindCustomers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds customers by whatever a person types: a name or town in any script, an e-mail, a phone. */
@ApplicationScoped
class Search {
  private static final int MOST = 50;
  private static final int LONGEST = 200;
  private static final int SHORTEST_NUMBER = 5;

  private final FindCustomers customers;

  Search(FindCustomers customers) {
    this.customers = customers;
  }

  SearchView of(String typed) {
    var query = typed == null ? "" : typed.strip();
    if (query.isEmpty() || query.length() > LONGEST) {
      return new SearchView(query, List.of(), false);
    }
    var found = new LinkedHashMap<String, JsonNode>();
    if (query.indexOf('@') > 0) {
      add(found, customers.byEmail(query));
    }
    if (looksLikeNumber(query)) {
      add(found, customers.byPhone(query));
    }
    if (found.isEmpty()) {
      add(found, customers.byWords(localPart(query)));
    }
    var hits = found.values().stream().limit(MOST).map(SearchView::hit).toList();
    return new SearchView(query, hits, found.size() >= MOST);
  }

  private static void add(Map<String, JsonNode> found, List<JsonNode> more) {
    more.forEach(one -> found.putIfAbsent(Values.text(one, "customerId"), one));
  }

  /** An address that is not typed to its end often begins with the name. */
  private static String localPart(String query) {
    int at = query.indexOf('@');
    return at > 0 ? query.substring(0, at) : query;
  }

  private static boolean looksLikeNumber(String query) {
    return query.chars().filter(Character::isDigit).count() >= SHORTEST_NUMBER
        && query.chars().noneMatch(Character::isLetter);
  }
}
