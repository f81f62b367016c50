package io.nave.console;

import io.nave.sync.StewardDecision;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages, and the parts of them that are asked for alone. */
@CheckedTemplate(basePath = "console")
final class Templates {
  private Templates() {}

  static native TemplateInstance wheel(WheelView wheel);

  static native TemplateInstance wheel$live(WheelView wheel);

  static native TemplateInstance customers(SearchView search);

  static native TemplateInstance customers$results(SearchView search);

  static native TemplateInstance customer(CustomerView customer, MatrixView matrix);

  static native TemplateInstance propagation(LateView late);

  static native TemplateInstance compliance(ComplianceView file);

  static native TemplateInstance timeline(TimelineView timeline);

  static native TemplateInstance refused(String id, List<String> reasons);

  static native TemplateInstance waiting(
      List<CauseView> invalid, List<CauseView> dead, GroupView.Notice notice);

  static native TemplateInstance operations(OperationsView view);

  static native TemplateInstance operations$live(OperationsView view);

  static native TemplateInstance routes(RoutesView view);

  static native TemplateInstance routes$live(RoutesView view);

  static native TemplateInstance audits(List<AuditView> audits, List<String> readable);

  static native TemplateInstance audit(AuditView audit);

  static native TemplateInstance dead(GroupView group);

  static native TemplateInstance quarantine(GroupView group);

  static native TemplateInstance missing(String id);

  static native TemplateInstance review(ReviewView review);

  static native TemplateInstance task(ReviewView.OneTask task);

  static native TemplateInstance bulk(ReviewView.Bulk bulk);

  static native TemplateInstance rules(RulesView rules);

  static native TemplateInstance why(WhyView why);

  static native TemplateInstance undecided(
      List<String> mistakes, List<StewardDecision> decisions, String back);
}
