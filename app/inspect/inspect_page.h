#pragma once

#include <QImage>
#include <QWidget>
#include <vector>

#include "core/modality/modality.h"
#include "core/problem/regions/region.h"
#include "core/problem/task.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QMenu;
class QSplitter;
class QTabWidget;
class QToolButton;

namespace modascope {

class ComparisonBar;
class ContributionsPanel;
class DisplayPanel;
class DominancePanel;
class ElidedLabel;
class InspectViewMenu;
class ModalitySwitchboard;
class NoticeCard;
class RegionReadout;
class PictureGrid;
class ProgressStrip;
class SampleView;
class SceneView;
class SharingDiagram;
class StepSlider;
class SubsetTableView;
class TileGrid;

/// A case through a network's eyes: tiles and 3D view of a volume, or a sample of features;
/// switches and the table of subsets. Arranges; `InspectController` decides.
class InspectPage : public QWidget {
  Q_OBJECT

 public:
  explicit InspectPage(QWidget* parent = nullptr);

  QComboBox* cases() const { return cases_; }
  QComboBox* runs() const { return runs_; }
  QToolButton* newest() const { return newest_; }
  QToolButton* cancel() const;
  QToolButton* compare() const { return compare_; }
  ComparisonBar* comparison() const { return comparison_; }
  StepSlider* steps() const { return steps_; }
  QMenu* saving() const { return saving_; }
  TileGrid* tiles() const { return tiles_; }
  SceneView* scene() const { return scene_; }
  /// What was kept for comparison, seen from the same place.
  SceneView* keptScene() const { return keptScene_; }
  DisplayPanel* display() const { return display_; }
  ModalitySwitchboard* switches() const { return switches_; }
  /// What a modality that is switched off becomes: rows are those of `kCorruptions`.
  QComboBox* switchedOff() const { return switchedOff_; }
  SubsetTableView* subsets() const { return subsets_; }
  SharingDiagram* sharing() const { return sharing_; }
  DominancePanel* dominance() const { return dominance_; }
  /// Instead of tiles and 3D view.
  SampleView* sample() const { return sample_; }
  PictureGrid* pictureGrid() const { return grid_; }
  /// What was kept for comparison.
  PictureGrid* keptGrid() const { return keptGrid_; }
  ContributionsPanel* contributions() const { return contributions_; }
  /// What the table of subsets is about: this sample or a split.
  QComboBox* scope() const { return scope_; }
  RegionReadout* readout() const { return readout_; }
  NoticeCard* notice() const { return notice_; }

  /// The 3D view as seen, with `scale` dots each way for each of the screen.
  QImage pictureOfScene(double scale = 1) const;

  /// Says once more what is under the crosshair.
  void announceCrosshair();

  /// Of the segmentations, everywhere on the page.
  void setRegions(const RegionSchema& regions);
  InspectViewMenu* viewing() const { return viewing_; }
  void showParts(bool slices, bool scene);
  /// The views that suit a task.
  void showTask(Task task);
  /// Those that slices can show one of.
  void setModalities(const ModalitySchema& schema, ModalitySet available);
  /// Its bar, and the kept 3D view beside the other.
  void showComparison(bool on, bool sideBySide);

  /// What stands above the pictures and the kept ones; without words the latter are hidden.
  void nameGrids(const QString& now, const QString& kept);
  QString gridName() const;
  QString keptName() const;

  void setShowing(const QString& words);
  QString showing() const;
  /// Which run and step it comes from: "gmd-1  ·  step 600"; empty without one.
  void setSource(const QString& words) { source_ = words; }
  /// What is on show, from which run and step, and what it is compared with.
  QString caption() const;
  /// Beneath the page, until somebody takes it elsewhere.
  ProgressStrip* progress() const { return progress_; }
  /// Windows of the first prediction; hidden when done.
  void setProgress(int done, int total);
  void setBusy(const QString& words);
  void setIdle();
  /// What is under way; empty when nothing is.
  QString busyWords() const;
  /// One file at a time.
  void setSaving(bool saving);

 Q_SIGNALS:
  /// What is under the mouse or the crosshair.
  void pointed(const QString& words);

 private:
  QWidget* makeChoosers();
  QWidget* makePlanes();
  QComboBox* makeMainChooser();
  QToolButton* makeViewMenu();
  QToolButton* makeSaveMenu();
  QWidget* makeViews();
  QWidget* makePictures();
  QWidget* makeScenes();
  QWidget* makeSide();
  QWidget* makeTable();
  QTabWidget* makeTabs();
  QWidget* makeSwitchedOff();
  QWidget* makeScope();
  QWidget* makeGrids();

  QComboBox* cases_;
  QComboBox* runs_;
  QToolButton* newest_;
  QToolButton* compare_;
  ComparisonBar* comparison_;
  StepSlider* steps_;
  QMenu* saving_;
  QToolButton* save_;
  InspectViewMenu* viewing_ = nullptr;
  TileGrid* tiles_;
  QComboBox* main_;
  QButtonGroup* planes_;
  QSplitter* scenes_ = nullptr;
  SceneView* scene_;
  SceneView* keptScene_;
  ModalitySwitchboard* switches_;
  SubsetTableView* subsets_;
  SharingDiagram* sharing_;
  DominancePanel* dominance_;
  DisplayPanel* display_;
  RegionReadout* readout_;
  SampleView* sample_;
  PictureGrid* grid_;
  PictureGrid* keptGrid_;
  ElidedLabel* gridName_;
  ElidedLabel* keptName_;
  QWidget* grids_ = nullptr;
  ContributionsPanel* contributions_;
  QComboBox* scope_;
  QComboBox* switchedOff_;
  QWidget* pictures_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  QLabel* case_ = nullptr;
  std::vector<QWidget*> ofVolumes_;  ///< choosers that mean nothing else
  NoticeCard* notice_;
  ElidedLabel* showing_;
  QString source_;
  ProgressStrip* progress_;
};

}  // namespace modascope
