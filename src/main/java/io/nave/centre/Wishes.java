package io.nave.centre;

import java.util.List;
import java.util.Optional;

/** The wishes that the page asks for, in its order. */
record Wishes(List<Preferable> all) {

  Optional<Preferable> named(String name) {
    return all.stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
