#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/imagefolder/image_folder.h"
#include "core/imagefolder/picture.h"
#include "core/modality/modality.h"
#include "core/problem/problem.h"
#include "widgets/pictures/class_legend.h"
#include "widgets/pictures/picture_case.h"
#include "widgets/pictures/picture_overlay.h"
#include "widgets/pictures/picture_tiles.h"

namespace modascope {

/// The pictures of one case, a tile for each modality, all at the same place: one zoom, crosshair
/// and overlay for all. The titles are switches that only ask (`toggled`); what is shown as on is
/// what `setShown` said.
///
/// Keys beside the mouse of `PictureView`: arrows = 1 pixel, 1…8 or double click = maximise, Esc =
/// back, R whole picture, X crosshair, S overlay, A/D opacity, O the truth's borders, T truth,
/// errors and back, [ and ] the class whose errors are shown, B colour for class 0, comma and full
/// stop the line of a wipe.
class PictureGrid : public QWidget {
  Q_OBJECT

 public:
  explicit PictureGrid(QWidget* parent = nullptr);

  /// Takes the prediction away; of another size than before also the zoom and the crosshair. Throws
  /// `Error` when the picture does not have the problem's modalities.
  void setCase(const Problem& problem, std::shared_ptr<const ImageSample> sample);
  void clear();
  /// Which modalities the prediction saw; the others that are there are left out, or something such
  /// as noise was given instead.
  void setShown(ModalitySet set, const QString& instead = {});
  /// What the network got in place of those that are left out, one a modality of the case's own
  /// size: their tiles show that. Nothing, or none of a modality: it got nothing. Until `setCase`.
  void setGiven(std::shared_ptr<const std::vector<std::vector<float>>> modalities);
  /// Whether the titles are switches; else they only name what is there.
  void setSwitchable(bool switchable) { tiles_.setSwitchable(switchable); }
  /// Nothing: none. Throws `Error` when it is of another size than the case.
  void setPrediction(std::shared_ptr<const LabelPicture> prediction);
  /// Shows another prediction for the same picture at the left of a line, the prediction at its
  /// right, with the words that stand there. Nothing: no wipe, as after `setCase`. Throws `Error`
  /// when it is of another size than the case.
  void setKept(std::shared_ptr<const LabelPicture> kept, const WipeWords& words = {},
               const WipeWords& live = {});
  void setStyle(const PictureStyle& style);
  const PictureStyle& style() const { return style_; }
  /// A few words at the right of a tile's title, such as "12 %". No change without a case.
  void setNote(ModalityId id, const QString& note);
  void setCrosshair(QPoint pixel) { tiles_.setCrosshair(pixel); }
  const std::optional<QPoint>& crosshair() const { return tiles_.crosshair(); }
  void setFrame(const PictureFrame& frame) { tiles_.setFrame(frame); }
  const PictureFrame& frame() const { return tiles_.frame(); }
  /// Nothing: all tiles.
  void setMaximised(std::optional<ModalityId> id);
  std::optional<ModalityId> maximised() const { return tiles_.maximised(); }

  /// "x 123 y 45 · RGB 0.31 0.29 0.27 · Depth 0.52 · predicted pothole · truth pothole": of the
  /// modalities whose tiles are visible, with all their channels.
  QString describe(QPoint pixel) const;
  PictureView* tile(ModalityId id) const { return tiles_.at(id); }
  ClassLegend* legend() const { return legend_; }
  /// All visible tiles and the legend, `scale` times as many pixels as on the screen.
  QImage picture(double scale = 1) const;

  QSize sizeHint() const override { return {640, 480}; }

 Q_SIGNALS:
  /// The user asks to include or leave out a modality.
  void toggled(modascope::ModalityId id);
  void crosshairMoved(QPoint pixel);
  /// The mouse or the crosshair is at this pixel; `text` is `describe` of it.
  void pointed(QPoint pixel, const QString& text);
  void styleChanged(const modascope::PictureStyle& style);
  /// By the user.
  void frameChanged(const modascope::PictureFrame& frame);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QSize pictureSize() const;
  void makeTiles();
  void connectTile(ModalityId id);
  void showPictures();
  void showTitles();
  void showLayers();
  void showWipe();
  void changeStyle(const PictureStyle& style);
  void moveCrosshair(QPoint pixel);
  void moveFrame(const PictureFrame& frame);
  void moveWipe(double to);
  QRect tilesRect() const;
  QRect legendRect() const;
  void arrange();
  bool styleKey(int key);
  bool wipeKey(int key);
  bool moveKey(int key);

  std::optional<PictureCase> case_;
  PictureOverlay overlay_;
  PictureStyle style_;
  Wipe wipe_;
  std::vector<QString> notes_;  ///< as the schema
  PictureTiles tiles_;
  ClassLegend* legend_;
  QString instead_;  ///< of what was left out
};

}  // namespace modascope
