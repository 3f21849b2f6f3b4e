#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/metrics/subset_outputs.h"

class QPainter;

namespace modascope {

struct PlotTheme;

/// What is true of a sample, and where numbers of its kind lie.
struct SampleTruth {
  double truth = 0;  ///< class number or value
  double least = -3;
  double most = 3;
};

/// What a network says of a sample from the subset on show. Classes: the likeliest as bars, the
/// true one marked. A number: its place on an axis, the truth marked, what other subsets say as
/// small ticks.
class PredictionView : public QWidget {
  Q_OBJECT

 public:
  explicit PredictionView(QWidget* parent = nullptr);

  void setTruth(const Problem& problem, const SampleTruth& truth);
  /// Nothing: no prediction yet.
  void setOutputs(std::shared_ptr<const SubsetOutputs> outputs);
  void setShown(ModalitySet set);
  void clear();

  /// "2 with 93 %, truly 7", "0.62 (positive), truly −0.40".
  QString words() const;
  /// The classes with bars, from above.
  std::vector<std::size_t> classes() const;
  /// Where a value lies on the axis.
  double placeOf(double value) const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const std::vector<double>* shown() const;
  bool isSentiment() const;
  QString signWords(double value) const;
  QString nameOf(std::size_t k) const;
  void describe();
  void paintClasses(QPainter& painter, const PlotTheme& theme) const;
  void paintAxis(QPainter& painter, const PlotTheme& theme) const;
  void paintValues(QPainter& painter, const PlotTheme& theme, double y) const;

  Problem problem_;
  std::optional<SampleTruth> truth_;
  std::shared_ptr<const SubsetOutputs> outputs_;
  ModalitySet set_ = ModalitySet::firstOf(1);
};

/// "−0.40", with a sign that is as wide as a plus.
QString signedNumber(double value, int digits);

}  // namespace modascope
