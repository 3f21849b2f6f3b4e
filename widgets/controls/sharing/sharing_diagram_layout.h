#pragma once

#include <QFontMetricsF>
#include <QLineF>
#include <QList>
#include <QRectF>
#include <vector>

#include "core/events/events.h"

namespace modascope {

/// Where one block is drawn.
struct BlockPlace {
  QRectF frame;               ///< all of it
  QRectF shared;              ///< its shared part with its name; null without such parameters
  std::vector<QRectF> cells;  ///< one a modality: its own part, or whether a network is made for it
};

/// Where a block's name is written.
QRectF titleOf(const BlockPlace& place);

/// Where everything is drawn; places in the order of the description's blocks.
struct SharingPlaces {
  std::vector<BlockPlace> blocks;
  QList<QLineF> flow;   ///< arrows from block to block
  QList<QLineF> skips;  ///< from the way down to the way up, level by level
};

/// A U: on the left the blocks before the deepest level, on the right those behind it, one row a
/// level. Blocks of one subset only are networks by themselves and stand in a grid.
SharingPlaces placeSharing(const ModelDescription& model, const QRectF& area,
                           const QFontMetricsF& font);

}  // namespace modascope
