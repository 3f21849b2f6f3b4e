#pragma once

#include <QCoreApplication>

#include "core/events/events.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/sharing/sharing_diagram_layout.h"

class QPainter;

namespace modascope {

/// Paints a network and the key to its colours in the painter's font: what all modalities share in
/// grey, a modality's own part in its colour, hatched with a dashed rim what does not run for the
/// modalities on show.
class SharingPainter {
  Q_DECLARE_TR_FUNCTIONS(SharingPainter)

 public:
  /// Borrows all of it while it lives.
  SharingPainter(QPainter& painter, const ModelDescription& model, ModalitySet shown,
                 const PlotTheme& theme);

  /// What the network is called on the left, what the colours mean on the right.
  void paintLegend(const QRectF& line) const;
  /// `places` are those of the network's blocks.
  void paintNetwork(const SharingPlaces& places) const;

 private:
  void paintFlow(const SharingPlaces& places) const;
  void paintBlock(const BlockDescription& block, const BlockPlace& place) const;
  /// A network of one subset only.
  void paintSubset(const BlockDescription& block, const BlockPlace& place) const;
  void paintCell(const QRectF& cell, const QString& text, ModalityId id, bool lit) const;

  QPainter& painter_;
  const ModelDescription& model_;
  ModalitySet shown_;
  const PlotTheme& theme_;
};

}  // namespace modascope
