#pragma once

#include <QImage>
#include <QWidget>
#include <vector>

#include "core/problem/input_layout.h"
#include "widgets/slices/tile_header.h"

namespace modascope {

/// The numbers of one modality of a sample, on the colours of `featureColour`: a vector as a strip
/// that wraps where it is too long, a sequence as steps (down) × width. Left out it is dimmed and
/// hatched, unless something stands in for it, which is then shown; absent an empty frame.
class FeatureStrip : public QWidget {
  Q_OBJECT

 public:
  explicit FeatureStrip(QWidget* parent = nullptr);

  /// `values` [steps · width], standardised.
  void setValues(const std::vector<float>& values, const InputShape& shape);
  /// What the network got in their place when they are left out, as many; empty: nothing. Until
  /// `setValues`.
  void setStandIn(const std::vector<float>& values);
  void setState(TileState state);
  TileState state() const { return state_; }
  /// Where the pictures of the numbers lie now.
  QRect picture() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  bool isReplaced() const;
  const std::vector<float>& shown() const { return isReplaced() ? standIn_ : values_; }
  bool isSequence() const { return shape_.steps > 1; }
  int columns() const;
  int rows() const;
  QImage image() const;
  QString wordsAt(const QPoint& place) const;

  std::vector<float> values_;
  std::vector<float> standIn_;
  InputShape shape_;
  TileState state_ = TileState::On;
};

}  // namespace modascope
