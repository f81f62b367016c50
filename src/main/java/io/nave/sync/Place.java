package io.nave.sync;

/** A place in a JSON document, on the way down to it. */
record Place(Place parent, String key, int index) {
  static final Place ROOT = new Place(null, null, -1);
  private static final int LONGEST_KEY = 64;

  Place field(String name) {
    return new Place(this, name, -1);
  }

  Place item(int at) {
    return new Place(this, null, at);
  }

  /** The JSON pointer; very long keys are cut. */
  String pointer() {
    return parent == null ? "" : parent.pointer() + "/" + segment();
  }

  private String segment() {
    if (key == null) {
      return Integer.toString(index);
    }
    String cut = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
    return cut.replace("~", "~0").replace("/", "~1");
  }
}
