#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/modality/modality.h"
#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/slices/slice_view.h"

namespace modascope {

/// How much each modality speaks for something, voxel by voxel.
struct ModalityMaps {
  QString quantity;                                   ///< "attribution"
  std::vector<std::shared_ptr<const Volume>> values;  ///< ≥ 0, as the schema; null where none
  double most = 0;                                    ///< the end of the scale for all of them
  ColourMap colours = ColourMap::Inferno;
};

/// Which modality speaks loudest.
struct StrongestModality {
  QString quantity;
  std::shared_ptr<const LabelVolume> strongest;  ///< 0: none, else 1 + the modality's place
  std::shared_ptr<const Volume> margins;         ///< 0…1
};

/// One slice per modality, all of the same place: one crosshair, zoom, plane and overlay. The
/// titles are switches that only ask (`toggled`); what is shown as on is what `setShown` said.
///
/// Keys beside those of `SliceView`: 1…8 maximise a modality's tile, Esc or double click shows all.
class TileGrid : public QWidget {
  Q_OBJECT

 public:
  explicit TileGrid(QWidget* parent = nullptr);

  /// One volume per modality of `schema`, null where the case has none. All lie on `grid`, as does
  /// every later overlay; throws `Error` otherwise. Takes the overlay away; on another grid than
  /// before also puts the crosshair into the middle and fits the head into the tiles.
  void setCase(const ModalitySchema& schema, std::vector<std::shared_ptr<const Volume>> volumes,
               const VoxelGrid& grid);
  void clear();
  /// Which modalities the picture's prediction saw; the others that are there are left out.
  void setShown(ModalitySet set);
  /// Nothing: no overlay. Throws `Error` when the labels do not lie on the case's grid.
  void setOverlay(std::shared_ptr<const LabelVolume> labels);
  /// What the overlay is compared with; nothing: not known. Throws likewise.
  void setTruth(std::shared_ptr<const LabelVolume> labels);
  /// One map a modality, all on one scale, in place of what was laid over before. Throws `Error`
  /// when one does not lie on the case's grid.
  void setMaps(const ModalityMaps& maps);
  /// The same map over all tiles: 0 or 1 + the modality's place in the schema. Throws likewise.
  void setStrongest(const StrongestModality& map);
  void clearMaps();
  void setOverlayStyle(const OverlayStyle& style);
  OverlayStyle overlayStyle() const { return style_; }
  void setRegionColours(RegionColours preset);
  void setPlane(Plane plane);
  Plane plane() const { return plane_; }
  void setConvention(Convention convention);
  void setCrosshair(const Vec3& worldMm);
  const Vec3& crosshair() const { return crosshair_; }
  /// The crosshair in the middle of the largest slice of the overlay's tumour; no change without.
  void centreOnTumour();
  void setFrame(const ViewFrame& frame);
  void setMouseScheme(MouseScheme scheme);
  /// Nothing: all tiles.
  void setMaximised(std::optional<ModalityId> id);
  std::optional<ModalityId> maximised() const { return maximised_; }
  /// A few words at the right of a tile's title, such as "12 %".
  void setNote(ModalityId id, const QString& note);

  /// "x −12.0 L  y 34.5 A  z 8.0 S   T1 512  FLAIR 80   label ED": RAS mm, each with the letter of
  /// the side on which the point lies; the modalities of the visible tiles.
  QString describe(const Vec3& worldMm) const;
  const SliceView* tile(ModalityId id) const;
  SliceView* tile(ModalityId id);
  /// All visible tiles as one picture.
  QImage render(QSize size, double dpr = 1.0) const;

 Q_SIGNALS:
  /// The user asks to include or leave out a modality.
  void toggled(modascope::ModalityId id);
  void crosshairMoved(const modascope::Vec3& worldMm);
  /// The mouse or the crosshair is at this point; `text` is `describe` of it.
  void pointed(const modascope::Vec3& worldMm, const QString& text);
  void overlayStyleChanged(const modascope::OverlayStyle& style);
  void maximisedChanged();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void rebuildTiles();
  std::optional<VoxelBox> headBox() const;
  void requireCaseGrid(const LabelVolume* labels) const;
  void connectTile(SliceView* tile, ModalityId id);
  void arrange();
  std::vector<std::size_t> visibleTiles() const;
  QString mapWordsAt(const Vec3& worldMm) const;

  std::optional<ModalitySchema> schema_;
  std::vector<std::shared_ptr<const Volume>> volumes_;
  VoxelGrid grid_;
  std::shared_ptr<const LabelVolume> overlay_;
  MouseScheme scheme_ = MouseScheme::ItkSnap;
  std::vector<SliceView*> tiles_;
  Plane plane_ = Plane::Axial;
  Convention convention_ = Convention::Radiological;
  Vec3 crosshair_{0, 0, 0};
  ViewFrame frame_;
  OverlayStyle style_;
  RegionColours colours_ = RegionColours::Brats;
  std::optional<ModalityId> maximised_;
};

}  // namespace modascope
