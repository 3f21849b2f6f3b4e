#pragma once

#include <QWidget>
#include <vector>

#include "app/inspect/view_parts.h"

class QComboBox;
class QLabel;
class QMenu;
class QTabWidget;
class QToolButton;
class QVBoxLayout;

namespace modascope {

class AdaptationTable;
class ComparisonBar;
class ElidedLabel;
class InspectUndo;
class ModalitySwitchboard;
class NoticeCard;
class ProgressStrip;
class SharingDiagram;
class StepSlider;
class SubsetTableView;

/// A case through a network's eyes: what is the same for all kinds of data, around a view of one of
/// them. Arranges; `InspectController` decides.
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
  ModalitySwitchboard* switches() const { return switches_; }
  /// What a modality that is switched off becomes: rows are those of `kCorruptions`.
  QComboBox* switchedOff() const { return switchedOff_; }
  SubsetTableView* subsets() const { return subsets_; }
  SharingDiagram* sharing() const { return sharing_; }
  AdaptationTable* adapters() const { return adapters_; }
  QTabWidget* tabs() const { return tabs_; }
  NoticeCard* notice() const { return notice_; }
  /// Beneath the page, until somebody takes it elsewhere.
  ProgressStrip* progress() const { return progress_; }
  InspectUndo& undo() const { return *undo_; }

  /// Takes in a view's parts and hides those of the view before.
  void present(const ViewParts& parts);
  /// What one of the data is called: "case".
  void setNoun(const QString& noun);
  /// Their tab, the last one: only adaptations have them.
  void showAdapters(bool on);
  /// The bar of what was kept.
  void showComparison(bool on);

  void setShowing(const QString& words);
  QString showing() const;
  /// Which run and step it comes from: "gmd-1  ·  step 600"; empty without one.
  void setSource(const QString& words) { source_ = words; }
  /// What is on show, from which run and step, and what it is compared with.
  QString caption() const;
  /// Of what is under way; hidden when done.
  void setProgress(const QString& words, int done, int total);
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
  QWidget* makeCentre();
  QWidget* makeSide();
  QWidget* makeTable();
  QWidget* makeSwitchedOff();
  void takeIn(const ViewParts& parts);
  void setSeen(const ViewParts& parts, bool visible);

  QComboBox* cases_;
  QComboBox* runs_;
  QToolButton* newest_;
  QToolButton* compare_;
  ComparisonBar* comparison_;
  StepSlider* steps_;
  QMenu* saving_;
  QToolButton* save_;
  ModalitySwitchboard* switches_;
  QComboBox* switchedOff_;
  SubsetTableView* subsets_;
  SharingDiagram* sharing_;
  AdaptationTable* adapters_;
  QTabWidget* tabs_;
  QLabel* case_ = nullptr;
  NoticeCard* notice_;
  ElidedLabel* showing_;
  ProgressStrip* progress_;
  InspectUndo* undo_;
  QWidget* choosers_ = nullptr;     ///< the bar above
  QVBoxLayout* centres_ = nullptr;  ///< of all views; one is seen
  QVBoxLayout* aboveTable_ = nullptr;
  QString source_;
  std::vector<ViewParts> takenIn_;
};

}  // namespace modascope
