#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/metrics/subset_outputs.h"
#include "widgets/samples/subset_stack.h"

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
/// true one marked. A number: its place on an axis, the truth marked, and what each subset says
/// above the axis, as far as there is room; a click there asks for that subset.
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
  /// The classes with bars, from above; five, or more where there is room.
  std::vector<std::size_t> classes() const;
  /// Where a value lies on the axis.
  double placeOf(double value) const;
  /// The subsets above the axis.
  std::vector<StackedSubset> marks() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// By the user.
  void chosen(modascope::ModalitySet set);

 protected:
  bool event(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  const std::vector<double>* shown() const;
  bool saysNumber() const;
  bool isSentiment() const;
  QString signWords(double value) const;
  QString nameOf(std::size_t k) const;
  void describe();
  int heightWith(int rows) const;
  int barsIn(int height) const;
  double axisY() const;
  const StackedSubset* markAt(const std::vector<StackedSubset>& marks, const QPointF& at) const;
  QString wordsOf(const StackedSubset& mark) const;
  void paintClasses(QPainter& painter, const PlotTheme& theme) const;
  void paintAxis(QPainter& painter, const PlotTheme& theme) const;
  void paintValues(QPainter& painter, const PlotTheme& theme, double y) const;
  void paintMarks(QPainter& painter, const PlotTheme& theme) const;
  void paintKey(QPainter& painter, const PlotTheme& theme) const;

  std::optional<Problem> problem_;  ///< of the last sample
  std::optional<SampleTruth> truth_;
  std::shared_ptr<const SubsetOutputs> outputs_;
  ModalitySet set_ = ModalitySet::firstOf(1);
};

/// What changed from one prediction to another: "Δ −0.21, and 0.19 from the truth instead of 0.40";
/// of classes by the probability of the true one.
QString differenceWords(const Problem& problem, const SampleTruth& truth,
                        const std::vector<double>& kept, const std::vector<double>& now);

}  // namespace modascope
