#include "widgets/controls/step_slider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <algorithm>

namespace modascope {

StepSlider::StepSlider(QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal, this)), words_(new QLabel(this)) {
  slider_->setAccessibleName(tr("Step of the run whose weights predict"));
  slider_->setToolTip(tr("Weights that the run has kept: see how it came to predict as it does"));
  slider_->setTickPosition(QSlider::TicksBelow);
  slider_->setPageStep(1);
  slider_->setFixedWidth(110);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(slider_);
  row->addWidget(words_);
  connect(slider_, &QSlider::valueChanged, this, [this] {
    say();
    if (!slider_->isSliderDown()) choose();
  });
  connect(slider_, &QSlider::sliderReleased, this, &StepSlider::choose);
  setSteps({});
}

void StepSlider::setSteps(std::vector<std::int64_t> steps) {
  steps_ = std::move(steps);
  const QSignalBlocker quiet(slider_);
  slider_->setRange(0, std::max(0, static_cast<int>(steps_.size()) - 1));
  slider_->setValue(slider_->maximum());
  told_ = step();
  say();
  setVisible(steps_.size() > 1);
}

void StepSlider::setStep(std::int64_t step) {
  const auto after = std::lower_bound(steps_.begin(), steps_.end(), step);
  const QSignalBlocker quiet(slider_);
  slider_->setValue(static_cast<int>(after - steps_.begin()));
  told_ = this->step();
  say();
}

std::int64_t StepSlider::step() const {
  return steps_.empty() ? 0 : steps_[static_cast<std::size_t>(slider_->value())];
}

void StepSlider::say() {
  words_->setText(tr("step %1").arg(step()));
}

void StepSlider::choose() {
  if (step() == told_) return;
  told_ = step();
  Q_EMIT chosen(told_);
}

}  // namespace modascope
