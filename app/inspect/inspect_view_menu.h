#pragma once

#include <QMenu>

#include "widgets/slices/slice_view.h"

class QActionGroup;

namespace modascope {

class InspectPage;

/// How the inspect page shows things: conventions, parts, what lies over the slices, colours.
class InspectViewMenu : public QMenu {
  Q_OBJECT

 public:
  explicit InspectViewMenu(InspectPage& page);

  /// At the top, with their keys.
  void addUndo(QAction* undo, QAction* redo);
  /// That there can be differences of; BraTS's until told otherwise.
  void setRegions(const RegionSchema& regions);

 private:
  void addConventions();
  void addParts();
  void addOverlays();
  void addColours();
  void addOverlay(const QString& words, OverlayContent content, const Region& region);
  QAction* addChoice(QActionGroup* group, const QString& words, bool checked);
  /// What was changed by key or by a comparison.
  void tickOverlay();

  InspectPage& page_;
  QActionGroup* overlayGroup_ = nullptr;
  QAction* endOfOverlays_ = nullptr;  ///< the separator after them
  std::vector<std::tuple<QAction*, OverlayContent, Region>> overlays_;
};

}  // namespace modascope
