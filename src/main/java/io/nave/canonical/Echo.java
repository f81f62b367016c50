package io.nave.canonical;

import java.lang.reflect.RecordComponent;
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
