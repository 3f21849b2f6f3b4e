#pragma once

#include <QPoint>
#include <QRect>
#include <functional>
#include <optional>
#include <vector>

#include "core/modality/modality.h"
#include "widgets/pictures/picture_view.h"

namespace modascope {

/// A tile for each modality, all at the same place of their pictures (one zoom, one crosshair),
/// side by side or one of them alone.
class PictureTiles {
 public:
  /// None yet. They are children of `parent`, which outlives this.
  explicit PictureTiles(QWidget& parent) : parent_(parent) {}

  /// `made` hears of every new one. One too many may be the one whose event this answers, so it
  /// goes later.
  void resize(std::size_t count, const std::function<void(ModalityId)>& made);
  std::size_t size() const { return tiles_.size(); }
  PictureView* at(ModalityId id) const { return tiles_.at(id.index()); }
  const std::vector<PictureView*>& all() const { return tiles_; }

  void setSwitchable(bool switchable);
  void setFrame(const PictureFrame& frame);
  const PictureFrame& frame() const { return frame_; }
  /// Nothing: none.
  void setCrosshair(const std::optional<QPoint>& pixel);
  const std::optional<QPoint>& crosshair() const { return crosshair_; }
  /// Whether it is drawn.
  void toggleCrosshair();

  /// Nothing, or one that there is not: all. Seen after `place`.
  void setMaximised(const std::optional<ModalityId>& id);
  const std::optional<ModalityId>& maximised() const { return maximised_; }
  /// All, or the one that is alone.
  std::vector<ModalityId> visible() const;
  /// Shows the visible ones in `area`, for pictures of size `picture`.
  void place(const QRect& area, const QSize& picture) const;
  /// The same with `scale` times as many pixels as on the screen.
  void paintInto(QPainter& painter, const QRect& area, const QSize& picture, double scale) const;

 private:
  std::vector<QRect> placesIn(const QRect& area, const QSize& picture) const;

  QWidget& parent_;
  std::vector<PictureView*> tiles_;  ///< as the schema
  std::optional<ModalityId> maximised_;
  bool switchable_ = true;
  PictureFrame frame_;
  std::optional<QPoint> crosshair_;
  bool crosshairVisible_ = true;
};

}  // namespace modascope
