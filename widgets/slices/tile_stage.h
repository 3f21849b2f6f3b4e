#pragma once

#include <QImage>
#include <optional>
#include <vector>

#include "widgets/slices/slice_view.h"
#include "widgets/slices/tile_cells.h"

namespace modascope {

/// The tiles on their parent's area: one for each cell of a layout, all of them or the maximised
/// one visible. What they show is not its concern.
class TileStage {
 public:
  /// The tiles become children of `parent`, which outlives this.
  explicit TileStage(QWidget* parent) : parent_(parent) {}

  /// None maximised. Seen once arranged, as are the other changes before `arrange`.
  void setLayout(TileLayout layout);
  TileLayout layout() const { return layout_; }
  void setCells(std::vector<TileCell> cells);
  void showAll() { maximised_.reset(); }
  /// Puts the tiles where they belong in the parent.
  void arrange();
  /// Nothing: all tiles. At once.
  void maximise(std::optional<std::size_t> cell);
  std::optional<std::size_t> maximised() const { return maximised_; }

  const std::vector<TileCell>& cells() const { return cells_; }
  /// As the cells.
  const std::vector<SliceView*>& tiles() const { return tiles_; }
  /// The first cell of this modality; nothing where no tile shows it.
  std::optional<std::size_t> cellOf(ModalityId id) const;
  /// Each once where its tiles are neighbours.
  std::vector<ModalityId> visibleModalities() const;
  /// All visible tiles as one picture.
  QImage render(QSize size, double dpr) const;

 private:
  std::vector<std::size_t> visibleCells() const;

  QWidget* parent_;
  TileLayout layout_ = TileLayout::Modalities;
  std::vector<TileCell> cells_;
  std::vector<SliceView*> tiles_;
  std::optional<std::size_t> maximised_;
};

}  // namespace modascope
