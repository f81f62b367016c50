package io.nave.sandbox.acoustic;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The account's file area, {@code /download} and {@code /upload}; old files are dropped. */
final class StoredFiles {
  private static final int KEPT = 100;

  private final Map<String, Buffer> files =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Buffer> eldest) {
          return size() > KEPT;
        }
      };

  void put(String path, Buffer content) {
    files.put(path, content);
  }

  /** The content, or null. */
  Buffer get(String path) {
    return files.get(path);
  }
}
