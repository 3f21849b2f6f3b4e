#pragma once

#include <QMenu>

#include "widgets/slices/slice_view.h"

class QActionGroup;

namespace modascope {

class AppSettings;
struct VolumeWidgets;

/// How volumes are shown: conventions, parts, what lies over the slices, colours.
class VolumeMenu : public QMenu {
  Q_OBJECT

 public:
  VolumeMenu(const VolumeWidgets& widgets, QWidget* parent);

  /// At the top.
  void addUndo(QAction* undo, QAction* redo);
  /// That there can be differences of. None until told.
  void setRegions(const RegionSchema& regions);
  /// What is ticked, and outlives the session.
  void restore(const AppSettings& settings);
  void store(AppSettings& settings) const;

 private:
  QList<QAction*> lastingChoices() const;
  void addConventions();
  void addParts();
  void addOverlays();
  void addColours();
  void addOverlay(const QString& words, OverlayContent content, std::size_t region = 0);
  QAction* addChoice(QActionGroup* group, const QString& words, bool checked);
  /// What was changed by key or by a comparison.
  void tickOverlay();

  const VolumeWidgets& widgets_;
  QActionGroup* overlayGroup_ = nullptr;
  QAction* endOfOverlays_ = nullptr;  ///< the separator after them
  std::vector<std::tuple<QAction*, OverlayContent, std::size_t>> overlays_;
};

}  // namespace modascope
