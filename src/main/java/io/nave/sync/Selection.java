package io.nave.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Which of the things that wait for a person are meant. What is null does not matter.
 *
 * @param spoke the system
 * @param kind the failure kind of dead letters
 * @param cause in the words in which it is listed
 * @param one the target of a dead letter, or the id of a message in quarantine
 */
public record Selection(String spoke, String kind, String cause, String one) {
  /** Everything. */
  public static final Selection ALL = new Selection(null, null, null, null);

  /** Everything with a cause. */
  public static Selection of(String spoke, String kind, String cause) {
    return new Selection(spoke, kind, cause, null);
  }

  /** A single one. */
  public static Selection one(String spoke, String one) {
    return new Selection(spoke, null, null, one);
  }

  /** Whether it says anything: an operator who says nothing has to say that she means all. */
  public boolean isAll() {
    return equals(ALL);
  }

  /** As a condition with four parameters, see {@link #set}. */
  static String condition(String spoke, String kind, String cause, String one) {
    return "(?::text is null or %s = ?) and (?::text is null or %s = ?)".formatted(spoke, kind)
        + " and (?::text is null or %s = ?) and (?::text is null or %s = ?)".formatted(cause, one);
  }

  /** Sets the parameters of {@link #condition}; yields the number of the next one. */
  int set(PreparedStatement statement, int first) throws SQLException {
    int at = first;
    for (var value : new String[] {spoke, kind, cause, one}) {
      statement.setString(at++, value);
      statement.setString(at++, value);
    }
    return at;
  }

  /** For the operators' log; a vendor's words may name somebody, so the cause is left out. */
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("spoke", spoke).put("kind", kind).put("one", one);
    return json.put("ofOneCause", cause != null);
  }
}
