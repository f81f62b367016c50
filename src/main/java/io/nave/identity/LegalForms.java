package io.nave.identity;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The legal forms that are left out at either end of an organisation's name. */
final class LegalForms {
  private final Set<String> forms;
  private final int longest;

  LegalForms(List<String> forms) {
    this.forms = forms.stream().map(Folding::words).collect(Collectors.toSet());
    this.longest = this.forms.stream().mapToInt(f -> Words.of(f).size()).max().orElse(0);
  }

  /** The folded name without legal forms at either end; may be empty. */
  OrganisationName strip(String full) {
    String spelt = full == null || full.indexOf('&') < 0 ? full : full.replace("&", " and ");
    List<String> words = Words.of(Folding.words(spelt));
    int start = 0;
    int end = words.size();
    for (int form = form(words, start, end); form != 0; form = form(words, start, end)) {
      if (form > 0) {
        end -= form;
      } else {
        start -= form;
      }
    }
    return OrganisationName.of(String.join(" ", words.subList(start, end)));
  }

  /** The number of words of the longest form at the end, or less than 0: at the beginning; or 0. */
  private int form(List<String> words, int start, int end) {
    for (int n = Math.min(longest, end - start - 1); n > 0; n--) {
      if (forms.contains(String.join(" ", words.subList(end - n, end)))) {
        return n;
      }
      if (forms.contains(String.join(" ", words.subList(start, start + n)))) {
        return -n;
      }
    }
    return 0;
  }
}
