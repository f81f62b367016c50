package io.nave.demo;

import java.util.List;

/** One name in its own script, then as people write it in plain letters. */
public record Spellings(List<String> all) {
  public Spellings {
    all = List.copyOf(all);
  }

  static Spellings of(String line) {
    return new Spellings(List.of(line.split(";")));
  }

  public String own() {
    return all.get(0);
  }

  /** As in an e-mail address. */
  public String plain() {
    return all.get(Math.min(1, all.size() - 1));
  }

  public List<String> plainOnes() {
    return all.size() == 1 ? all : all.subList(1, all.size());
  }
}
