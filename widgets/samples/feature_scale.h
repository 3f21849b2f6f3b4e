#pragma once

#include <QColor>
#include <QWidget>

namespace modascope {

/// Standardised numbers as colours, the same for every modality: white is the mean of the training
/// samples, blue below it and red above; beyond three deviations the end colours.
inline constexpr double kMostDeviations = 3;
QColor featureColour(double value);

/// The colour bar of that scale, with its numbers and what they mean.
class FeatureScale : public QWidget {
  Q_OBJECT

 public:
  explicit FeatureScale(QWidget* parent = nullptr);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace modascope
