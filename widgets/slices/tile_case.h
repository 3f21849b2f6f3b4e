#pragma once

#include <QCoreApplication>
#include <memory>
#include <optional>
#include <vector>

#include "core/modality/modality.h"
#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/voxel_box.h"
#include "widgets/slices/painting/map_overlay.h"
#include "widgets/slices/painting/slice_overlays.h"
#include "widgets/slices/tile_cells.h"
#include "widgets/slices/tile_header.h"

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

/// What one cell makes its tile show.
struct TileSight {
  std::shared_ptr<const Volume> volume;   ///< null where the case has none
  std::shared_ptr<const Volume> standIn;  ///< in place of it; null: itself
  IntensityWindow window;
  TileTitle title;
  TileState state = TileState::On;
  bool switchable = false;
  SliceOverlays overlays;
  std::optional<MapOverlay> map;
};

/// A case as tiles show it: what it has of each modality, what is laid over, and what the
/// predictions saw. Everything lies on one grid.
class TileCase {
  Q_DECLARE_TR_FUNCTIONS(TileCase)

 public:
  /// One volume per modality of `schema`, null where there is none; throws `Error` when one does
  /// not lie on `grid`. Takes the overlay away; with other volumes than before also the kept
  /// prediction and the windows.
  void take(const ModalitySchema& schema, std::vector<std::shared_ptr<const Volume>> volumes,
            const VoxelGrid& grid);
  void clear();
  /// Nothing: there is no case.
  const std::optional<ModalitySchema>& schema() const { return schema_; }
  bool liesOn(const VoxelGrid& grid) const { return schema_ && grid_.matches(grid); }
  bool has(ModalityId id) const {
    return id.index() < channels_.size() && channels_[id.index()].volume;
  }
  /// The first that it has.
  ModalityId first() const;
  /// What of it is not air, with a little around it.
  const std::optional<VoxelBox>& head() const { return head_; }

  /// Of a modality that it has.
  void setWindow(ModalityId id, const IntensityWindow& window);
  const IntensityWindow& window(ModalityId id) const { return channels_[id.index()].window; }
  IntensityWindow foundWindow(ModalityId id) const;
  /// No change without a case.
  void setNote(ModalityId id, const QString& note);
  /// What the network got in place of those that are left out, as the schema.
  void setStandIns(const std::vector<std::shared_ptr<const Volume>>& volumes);
  /// What the live prediction saw, and what it was given `instead` of the others.
  void setShown(ModalitySet set, const QString& instead);
  /// Throws `Error` when something of them lies on another grid.
  void setOverlays(SliceOverlays overlays);
  const SliceOverlays& overlays() const { return overlays_; }
  /// In place of the maps before. Throws likewise.
  void setMaps(const ModalityMaps& maps);
  void setStrongest(const StrongestModality& map);
  void clearMaps();

  TileSight sightOf(const TileCell& cell, TileLayout layout) const;
  /// Values of these modalities, labels and maps at a point, after its coordinates.
  QString describe(const Vec3& worldMm, const std::vector<ModalityId>& ids) const;

 private:
  /// One modality, whichever tiles show it.
  struct Channel {
    std::shared_ptr<const Volume> volume;
    std::shared_ptr<const Volume> standIn;
    IntensityWindow window;
    std::optional<MapOverlay> map;
    QString note;
  };

  bool takeVolumes(const ModalitySchema& schema,
                   std::vector<std::shared_ptr<const Volume>> volumes);
  std::optional<VoxelBox> headBox() const;
  const Channel& channelOf(const TileCell& cell) const { return channels_[cell.modality.index()]; }
  TileState stateOf(const TileCell& cell) const;
  std::shared_ptr<const Volume> standInOf(const TileCell& cell) const;
  TileTitle titleOf(const TileCell& cell, TileLayout layout) const;
  QString labelOf(ModalityId id) const;
  QString valuesAt(const Vec3& worldMm, const std::vector<ModalityId>& ids) const;
  QString mapWordsAt(const Vec3& worldMm, const std::vector<ModalityId>& ids) const;

  std::optional<ModalitySchema> schema_;
  std::vector<Channel> channels_;  ///< as the schema
  VoxelGrid grid_;
  std::optional<VoxelBox> head_;
  SliceOverlays overlays_;
  std::optional<ModalitySet> shown_;  ///< nothing: all that are there
  QString instead_;                   ///< of what was left out
};

}  // namespace modascope
