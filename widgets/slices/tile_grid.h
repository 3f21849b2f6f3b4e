#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/modality/modality.h"
#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/slices/slice_view.h"
#include "widgets/slices/tile_case.h"
#include "widgets/slices/tile_cells.h"
#include "widgets/slices/tile_look.h"
#include "widgets/slices/tile_stage.h"

namespace modascope {

/// Slices of one case, all of the same place: one crosshair, overlay and wipe for all, a zoom for
/// each plane, a window for each modality. What they show follows from the layout. The titles are
/// switches that only ask (`toggled`); what is shown as on is what `setShown` said.
///
/// Keys beside those of `SliceView`, [ and ] for the wipe among them: 1…8 maximise a modality's
/// tile, in a layout of one modality they choose it; double click maximises a tile, Esc or another
/// shows all.
class TileGrid : public QWidget {
  Q_OBJECT

 public:
  explicit TileGrid(QWidget* parent = nullptr);

  /// One volume per modality of `schema`, null where the case has none. All lie on `grid`, as does
  /// every later overlay; throws `Error` otherwise. Takes the overlay away; with other volumes than
  /// before also the kept prediction and the windows; on another grid than before also puts the
  /// crosshair into the middle and fits the body into the tiles.
  void setCase(const ModalitySchema& schema, std::vector<std::shared_ptr<const Volume>> volumes,
               const VoxelGrid& grid);
  void clear();
  /// Shows all tiles of it, none maximised. Of all modalities the maximised one becomes the main
  /// one.
  void setTileLayout(TileLayout layout);
  TileLayout tileLayout() const { return stage_.layout(); }
  /// The modality of the layouts that show one; the first that the case has until it has this one.
  /// No change where the present case does not have it.
  void setMain(ModalityId id);
  ModalityId mainModality() const;
  /// Which modalities the picture's prediction saw; the others that are there are left out, or
  /// something such as noise was given instead.
  void setShown(ModalitySet set, const QString& instead = {});
  /// What the network got in place of those that are left out, one a modality of the schema, null
  /// where it got nothing: their tiles show that instead of the case's own. Until `setCase`.
  void setStandIns(const std::vector<std::shared_ptr<const Volume>>& volumes);
  /// Nothing: no overlay. Throws `Error` when the labels do not lie on the case's grid.
  void setOverlay(std::shared_ptr<const LabelVolume> labels);
  /// What the overlay is compared with; nothing: not known. Throws likewise.
  void setTruth(std::shared_ptr<const LabelVolume> labels);
  /// The prediction that the overlay is wiped over, stands beside or differs from. Throws likewise.
  void setKept(std::optional<KeptPrediction> kept);
  const std::optional<KeptPrediction>& kept() const { return case_.overlays().kept; }
  /// What the overlay is called where it is compared: "T1, T2, FLAIR".
  void setLiveName(const QString& name);
  /// Where in each tile the kept prediction ends and the live one begins, 0…1; nothing: no wipe.
  void setWipe(std::optional<double> wipe);
  std::optional<double> wipe() const { return case_.overlays().wipe; }
  /// One map a modality, all on one scale, in place of what was laid over before. Throws `Error`
  /// when one does not lie on the case's grid.
  void setMaps(const ModalityMaps& maps);
  /// The same map over all tiles: 0 or 1 + the modality's place in the schema. Throws likewise.
  void setStrongest(const StrongestModality& map);
  void clearMaps();
  void setOverlayStyle(const OverlayStyle& style);
  OverlayStyle overlayStyle() const { return case_.overlays().style; }
  /// 0…1, of the maps where the layout shows any, or else of the regions, like A and D in a tile.
  void setOverlayOpacity(double opacity);
  double overlayOpacity() const;
  /// Of the segmentations. None until told. A difference is then of the first.
  void setRegions(const RegionSchema& regions);
  const RegionSchema& regions() const { return case_.overlays().regions; }
  void setRegionColours(RegionColours preset);
  RegionColours regionColours() const { return case_.overlays().colours; }
  /// Of the layouts that show one plane; it comes with the zoom it had.
  void setPlane(Plane plane);
  Plane plane() const { return plane_; }
  void setConvention(Convention convention) { look_.setConvention(convention); }
  void setCrosshair(const Vec3& worldMm) { look_.setCrosshair(worldMm); }
  const Vec3& crosshair() const { return look_.crosshair(); }
  /// The crosshair in the middle of the largest slice of the overlay's labels; no change without.
  void centreOnLargestSlice();
  /// Of the present plane.
  void setFrame(const ViewFrame& frame) { look_.setFrame(plane_, frame); }
  void setMouseScheme(MouseScheme scheme) { look_.setMouseScheme(scheme); }
  /// The window of a modality, in all its tiles; no change where the case does not have it.
  void setIntensityWindow(ModalityId id, const IntensityWindow& window);
  IntensityWindow intensityWindow(ModalityId id) const;
  /// Finds it again; no change likewise.
  void autoWindow(ModalityId id);
  /// The first tile of this modality; nothing: all tiles.
  void setMaximised(std::optional<ModalityId> id);
  /// The modality of the maximised tile.
  std::optional<ModalityId> maximised() const;
  /// A few words at the right of a tile's title, such as "12 %". No change without a case.
  void setNote(ModalityId id, const QString& note);

  /// "x −12.0 L  y 34.5 A  z 8.0 S   T1 512  FLAIR 80   label ED   kept ET": RAS mm, each with the
  /// letter of the side on which the point lies; the modalities of the visible tiles.
  QString describe(const Vec3& worldMm) const;
  /// The first tile of this modality, or else of the main one.
  const SliceView* tile(ModalityId id) const;
  SliceView* tile(ModalityId id);
  /// What the tiles show, and each of them.
  const std::vector<TileCell>& cells() const { return stage_.cells(); }
  SliceView* tileAt(std::size_t cell) { return tiles().at(cell); }
  /// All visible tiles as one picture.
  QImage render(QSize size, double dpr = 1.0) const { return stage_.render(size, dpr); }

 Q_SIGNALS:
  /// The user asks to include or leave out a modality.
  void toggled(modascope::ModalityId id);
  void crosshairMoved(const modascope::Vec3& worldMm);
  /// The mouse or the crosshair is at this point; `text` is `describe` of it.
  void pointed(const modascope::Vec3& worldMm, const QString& text);
  void overlayStyleChanged(const modascope::OverlayStyle& style);
  /// By hand or by `autoWindow`.
  void windowChanged(modascope::ModalityId id, const modascope::IntensityWindow& window);
  /// By hand, once a drag or key is over.
  void windowSettled(modascope::ModalityId id, const modascope::IntensityWindow& before,
                     const modascope::IntensityWindow& window);
  void wipeMoved(double wipe);
  void mainChanged(modascope::ModalityId id);
  void tileLayoutChanged(modascope::TileLayout layout);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  const std::vector<SliceView*>& tiles() const { return stage_.tiles(); }
  TileSight sightOf(std::size_t cell) const { return case_.sightOf(cells()[cell], tileLayout()); }
  void rebuild();
  void fill(std::size_t cell);
  void showOverlays();
  void showMaps();
  void showTitles();
  void showWindow(ModalityId id);
  bool showsMaps() const;
  template <typename Part>
  void takeOverlay(Part SliceOverlays::*part, Part value);
  void connectTile(std::size_t cell);
  void connectLooks(std::size_t cell);

  TileCase case_;
  TileStage stage_;
  TileLook look_;
  std::optional<ModalityId> chosen_;  ///< for `mainModality`
  Plane plane_ = Plane::Axial;
};

}  // namespace modascope
