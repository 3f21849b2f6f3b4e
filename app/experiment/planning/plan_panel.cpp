#include "app/experiment/planning/plan_panel.h"

#include <QLabel>
#include <QTextDocumentFragment>
#include <QVBoxLayout>

#include "app/pages/run_choice.h"
#include "widgets/controls/run_controls.h"

namespace modascope {

QString splitWords(const RunPlan& plan) {
  QStringList words{PlanPanel::tr("%1 for training").arg(plan.train),
                    plan.valid > 0 ? PlanPanel::tr("%1 for validation").arg(plan.valid)
                                   : PlanPanel::tr("none for validation")};
  if (plan.test > 0) words << PlanPanel::tr("%1 for testing").arg(plan.test);
  if (plan.excluded > 0) words << PlanPanel::tr("%1 excluded").arg(plan.excluded);
  return words.join(", ");
}

namespace {

QString validationWords(const RunPlan& plan) {
  if (plan.validations == 0) return {};
  const QString count = plan.validations == 1
                            ? PlanPanel::tr("one validation")
                            : PlanPanel::tr("%1 validations").arg(plan.validations);
  const auto each = plan.pace->secondsPerValidation;
  return each ? PlanPanel::tr(" and %1 of %2").arg(count, durationWords(*each))
              : PlanPanel::tr("; without %1, whose time is not known").arg(count);
}

}  // namespace

QString timeWords(const RunPlan& plan) {
  if (!plan.pace) return {};
  const double steps = static_cast<double>(plan.steps) * plan.pace->secondsPerStep;
  const double validations =
      static_cast<double>(plan.validations) * plan.pace->secondsPerValidation.value_or(0);
  const QString source = plan.pace->source.empty()
                             ? PlanPanel::tr("as tried")
                             : PlanPanel::tr("as in %1").arg(nameOfRun(plan.pace->source));
  return PlanPanel::tr("about %1: %2 s a step%3 (%4)")
      .arg(durationWords(steps + validations))
      .arg(plan.pace->secondsPerStep, 0, 'f', 2)
      .arg(validationWords(plan), source);
}

PlanPanel::PlanPanel(QWidget* parent) : QWidget(parent), label_(new QLabel(this)) {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.9);
  label_->setFont(small);
  label_->setWordWrap(true);
  label_->setTextFormat(Qt::RichText);
  label_->setTextInteractionFlags(Qt::TextBrowserInteraction);
  label_->setAccessibleName(tr("What a run would be like"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(label_);
  connect(label_, &QLabel::linkActivated, this, &PlanPanel::tryRequested);
  clear();
}

void PlanPanel::setPlan(const RunPlan& plan) {
  plan_ = plan;
  QStringList lines{tr("<b>Split:</b> %1").arg(splitWords(plan).toHtmlEscaped())};
  if (!plan.memory.empty())
    lines << tr("<b>Memory:</b> %1").arg(QString::fromStdString(plan.memory).toHtmlEscaped());
  if (!plan.advice.empty())
    lines << tr("⚠ That does not fit. %1").arg(QString::fromStdString(plan.advice).toHtmlEscaped());
  const QString time = timeWords(plan);
  if (!time.isEmpty())
    lines << tr("<b>Time:</b> %1").arg(time.toHtmlEscaped());
  else if (plan.advice.empty())
    lines << tr(
        "<b>Time:</b> not known; no such run was made here yet "
        "(<a href='try'>try a step</a>)");
  write(lines);
}

void PlanPanel::setPace(const KnownPace& pace) {
  if (!plan_) return;
  RunPlan plan = *plan_;
  plan.pace = pace;
  setPlan(plan);
}

void PlanPanel::say(const QString& words) {
  write({words.toHtmlEscaped()});
}

void PlanPanel::clear() {
  plan_.reset();
  write({});
}

QString PlanPanel::words() const {
  return QTextDocumentFragment::fromHtml(label_->text()).toPlainText();
}

void PlanPanel::write(const QStringList& lines) {
  label_->setText(lines.join(QStringLiteral("<br>")));
  setVisible(!lines.isEmpty());
}

}  // namespace modascope
