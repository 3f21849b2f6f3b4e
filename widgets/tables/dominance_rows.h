#pragma once

#include <QWidget>
#include <memory>

#include "core/metrics/attribution.h"

namespace modascope {

/// One row a modality: its share of the attribution as a bar and in per cent, and beside it what
/// its removal changes, in measured Dice (or agreement, as the head says) and in mL. Those are
/// different questions and stand under different heads.
class DominanceRows : public QWidget {
  Q_OBJECT

 public:
  explicit DominanceRows(QWidget* parent = nullptr);

  /// Nothing: no rows.
  void setAttribution(std::shared_ptr<const Attribution> attribution);
  /// "T1ce 61 %, removal −0.56, −8.1 mL", one line a modality; what a screen reader says.
  QString inWords() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }
  /// "Dice if removed", or of agreement; empty without an answer.
  QString removalHead() const;
  /// Where the bar of the set's i-th modality lies when its share is `share`.
  QRectF barOf(std::size_t i, double share) const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int rowHeight() const;
  QRect rowAt(std::size_t i) const;
  int nameWidth() const;
  int numberWidth() const;
  int removalWidth() const;
  int volumeWidth() const;
  void paintHead(QPainter& painter) const;
  void paintRow(QPainter& painter, std::size_t i) const;

  std::shared_ptr<const Attribution> attribution_;
};

/// "61 %"; "–" where the region has no positive evidence or the network no maps.
QString shareWords(const Attribution& attribution, std::size_t i);
/// "−0.56", what Dice changes by without it.
QString removalWords(const Attribution& attribution, ModalityId id);
/// "−8.1 mL", what the region's volume changes by without it.
QString volumeWords(const Attribution& attribution, ModalityId id);

}  // namespace modascope
