package io.nave.demo;

import java.util.List;

/** One name in its own script, then as people write it in plain letters. */
record Spellings(List<String> all) {
  Spellings {
    all = List.copyOf(all);
  }

  static Spellings of(String line) {
    return new Spellings(List.of(line.split(";")));
  }

  String own() {
    return all.get(0);
  }

  /** As in an e-mail address. */
  String plain() {
    return all.get(Math.min(1, all.size() - 1));
  }

  List<String> plainOnes() {
    return all.size() == 1 ? all : all.subList(1, all.size());
  }
}
