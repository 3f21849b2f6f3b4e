#pragma once

#include <QWidget>
#include <cstdint>
#include <vector>

class QLabel;
class QSlider;

namespace modascope {

/// Chooses among the steps of which a run has kept weights; hidden where there is only one.
class StepSlider : public QWidget {
  Q_OBJECT

 public:
  explicit StepSlider(QWidget* parent = nullptr);

  /// Rising; the last is chosen. Emits nothing.
  void setSteps(std::vector<std::int64_t> steps);
  /// The step on show, or that of the nearest stop. Emits nothing.
  void setStep(std::int64_t step);
  std::int64_t step() const;

 Q_SIGNALS:
  /// The user let go of the slider at another step, or moved it by key.
  void chosen(std::int64_t step);

 private:
  void say();
  void choose();

  QSlider* slider_;
  QLabel* words_;
  std::vector<std::int64_t> steps_;
  std::int64_t told_ = 0;
};

}  // namespace modascope
