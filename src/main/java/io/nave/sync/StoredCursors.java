package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.transaction.Transactional;
import org.hibernate.SessionFactory;

/** The positions in PostgreSQL. */
@ApplicationScoped
@Named("cursors")
class StoredCursors implements Cursors {
  private final SessionFactory sessions;

  StoredCursors(SessionFactory sessions) {
    this.sessions = sessions;
  }

  @Override
  @Transactional
  public String read(String spoke, String name) {
    try (var session = sessions.openStatelessSession()) {
      return session
          .createNativeQuery(
              "select value from cursor_position where spoke = :spoke and name = :name",
              String.class)
          .setParameter("spoke", spoke)
          .setParameter("name", name)
          .uniqueResult();
    }
  }

  @Override
  @Transactional
  public void write(String spoke, String name, String value) {
    try (var session = sessions.openStatelessSession()) {
      session
          .createNativeMutationQuery(
              "insert into cursor_position (spoke, name, value) values (:spoke, :name, :value)"
                  + " on conflict (spoke, name) do update set value = excluded.value")
          .setParameter("spoke", spoke)
          .setParameter("name", name)
          .setParameter("value", value)
          .executeUpdate();
    }
  }
}
