#pragma once

#include <QWidget>
#include <optional>

#include "app/work/run_plan.h"

class QLabel;

namespace modascope {

/// What a run would be like if it were started now: its split, memory and time. Says what is not
/// known, and offers to try a step.
class PlanPanel : public QWidget {
  Q_OBJECT

 public:
  explicit PlanPanel(QWidget* parent = nullptr);

  void setPlan(const RunPlan& plan);
  void setPace(const KnownPace& pace);
  /// A step is being tried, or why nothing is known.
  void say(const QString& words);
  void clear();
  /// As it is read.
  QString words() const;

 Q_SIGNALS:
  void tryRequested();

 private:
  void write(const QStringList& lines);

  std::optional<RunPlan> plan_;
  QLabel* label_;
};

/// "6 for training, 2 for validation, 1 for testing, 3 excluded"
QString splitWords(const RunPlan& plan);
/// "About 5 min: 0.45 s a step and 3 validations of 12 s, as in 20261130-…"; nothing where no pace
/// is known.
QString timeWords(const RunPlan& plan);

}  // namespace modascope
