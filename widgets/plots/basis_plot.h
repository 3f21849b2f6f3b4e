#pragma once

#include <optional>

#include "widgets/plots/time_plot.h"

namespace modascope {

/// What a tolerance costs (gmd.tolerance): the part of each modality's backward energy that was
/// left out, how many backward passes stood for its subsets, and, where a step was audited,
/// 1 − cosine between the gradient taken and the exact one. Exact steps do not appear.
class BasisPlot : public TimePlot {
  Q_OBJECT

 public:
  explicit BasisPlot(QWidget* parent = nullptr);

  /// Takes the lines away and makes new ones. None until told.
  void setSchema(const ModalitySchema& schema) override;
  void append(const std::vector<StepEvent>& steps) override;
  /// Whether any of the steps had a tolerance.
  bool concernsRun() const override { return !table().moments().empty(); }

  QSize minimumSizeHint() const override { return {240, 150}; }

 private:
  void makeCurves();
  void sayPasses(int passes);

  std::optional<ModalitySchema> schema_;
  std::vector<std::size_t> discarded_;  ///< columns, one per modality
  std::size_t passes_ = 0;              ///< column: the most passes of a modality
  std::size_t error_ = 0;               ///< column
};

}  // namespace modascope
