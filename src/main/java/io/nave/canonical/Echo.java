package io.nave.canonical;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recognises by content what the hub itself wrote. A spoke may know more about a value than it was
 * told (that an e-mail is verified, say), so parts that the hub did not write are not compared.
 */
public final class Echo {
  private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

  private Echo() {}

  /** True if the stated value is what was written, as far as something was written. */
  public static boolean isEcho(Object stated, Object written) {
    if (AttributeValues.isEmpty(stated) || AttributeValues.isEmpty(written)) {
      return AttributeValues.isEmpty(stated) && AttributeValues.isEmpty(written);
    }
    if (stated instanceof List<?> a && written instanceof List<?> b) {
      return a.size() == b.size() && allEcho(a, b);
    }
    if (stated instanceof Record a && a.getClass() == written.getClass()) {
      return partsEcho(a, (Record) written);
    }
    return stated.equals(written);
  }

  /**
   * What a spoke itself states of a list in which the hub writes, too. The hub's elements are left
   * out, and those of the spoke that the hub took away are kept.
   *
   * @param stated the list as the spoke reports it
   * @param own what the spoke itself stated before
   * @param written what the record is known to hold, and what is being written to it
   */
  public static List<Object> ownElements(
      List<?> stated, List<?> own, List<? extends List<?>> written) {
    var elements = new ArrayList<Object>();
    for (var element : stated) {
      var before = find(own, element);
      boolean isHubs = written.stream().anyMatch(list -> isEcho(element, find(list, element)));
      if (before != null) {
        elements.add(isHubs ? before : element);
      } else if (written.stream().noneMatch(list -> has(list, element))) {
        elements.add(element);
      }
    }
    for (var element : own) {
      boolean takenByHub = written.stream().anyMatch(list -> !has(list, element));
      if (!has(stated, element) && takenByHub) {
        elements.add(element);
      }
    }
    boolean areTheSame =
        elements.size() == own.size() && own.stream().allMatch(e -> has(elements, e));
    if (areTheSame && isFirstOfTheHub(stated, written)) {
      // where the spoke puts the others says nothing
      elements.sort(Comparator.comparingInt(element -> placeIn(own, element)));
    }
    return elements;
  }

  private static boolean isFirstOfTheHub(List<?> stated, List<? extends List<?>> written) {
    return !stated.isEmpty()
        && written.stream().anyMatch(list -> placeIn(list, stated.get(0)) == 0);
  }

  /** Its index; after all others where it is not there. */
  private static int placeIn(List<?> list, Object element) {
    var there = find(list, element);
    return there == null ? list.size() : list.indexOf(there);
  }

  /** As {@link #isEcho}, where the order of a list does not matter. */
  public static boolean isEchoInAnyOrder(Object stated, Object written) {
    if (stated instanceof List<?> a && written instanceof List<?> b) {
      return a.size() == b.size() && a.stream().allMatch(element -> has(b, element));
    }
    return isEcho(stated, written);
  }

  private static boolean has(List<?> list, Object element) {
    return find(list, element) != null;
  }

  private static Object find(List<?> list, Object element) {
    var core = core(element);
    return list.stream().filter(one -> core(one).equals(core)).findFirst().orElse(null);
  }

  /** What makes an element the same one, whatever it is marked as. */
  private static Object core(Object element) {
    if (element instanceof Email email) {
      return Standardise.foldEmail(email.value());
    }
    if (element instanceof Phone phone) {
      return phone.value();
    }
    if (element instanceof Address address) {
      var lines = address.lines() == null ? "" : String.join(" ", address.lines());
      return Fold.text(lines + " " + (address.postalCode() == null ? "" : address.postalCode()));
    }
    return element;
  }

  private static boolean allEcho(List<?> stated, List<?> written) {
    for (int i = 0; i < stated.size(); i++) {
      if (!isEcho(stated.get(i), written.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean partsEcho(Record stated, Record written) {
    for (var part : COMPONENTS.computeIfAbsent(stated.getClass(), Class::getRecordComponents)) {
      var told = part(part, written);
      if (!AttributeValues.isEmpty(told)
          && !part.getName().equals("original")
          && !isEcho(part(part, stated), told)) {
        return false;
      }
    }
    return true;
  }

  private static Object part(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("accessor: " + Objects.toString(component), impossible);
    }
  }
}
