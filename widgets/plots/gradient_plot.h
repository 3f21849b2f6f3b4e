#pragma once

#include <optional>

#include "widgets/plots/time_plot.h"

namespace modascope {

/// How long each modality's gradient is (a line in its colour, style and letter) and, below on the
/// same x axis, its share of the sum of lengths, stacked to 100 %. Steps that were not measured do
/// not appear; NaN is a gap.
class GradientPlot : public TimePlot {
  Q_OBJECT

 public:
  explicit GradientPlot(QWidget* parent = nullptr);

  /// Takes the lines away and makes new ones. None until told.
  void setSchema(const ModalitySchema& schema) override;
  void append(const std::vector<StepEvent>& steps) override;

  QSize minimumSizeHint() const override { return {240, 240}; }

 private:
  void makeCurves();
  /// In percent, the height in the stack at `part` of the band of `id`: 0.5 its middle, 1 its top.
  Points bandAt(ModalityId id, double part) const;

  std::optional<ModalitySchema> schema_;
  std::vector<std::size_t> norms_;   ///< columns, one per modality
  std::vector<std::size_t> shares_;  ///< columns, one per modality, 0…1
};

}  // namespace modascope
