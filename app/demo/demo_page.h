#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace modascope {

class DemoReadout;
class ElidedLabel;
class ModalitySwitchboard;
class NoticeCard;
class SceneView;
class StoryBar;
class TileGrid;

/// A demonstration's widgets, arranged: slices and 3D large, switches and volumes beside them, the
/// story beneath. `DemoController` decides.
class DemoPage : public QWidget {
  Q_OBJECT

 public:
  explicit DemoPage(QWidget* parent = nullptr);

  TileGrid* tiles() const { return tiles_; }
  SceneView* scene() const { return scene_; }
  ModalitySwitchboard* switches() const { return switches_; }
  DemoReadout* readout() const { return readout_; }
  QCheckBox* truth() const { return truth_; }
  QCheckBox* sideBySide() const { return sideBySide_; }
  QCheckBox* decides() const { return decides_; }
  QCheckBox* border() const { return border_; }
  StoryBar* story() const { return story_; }
  NoticeCard* notice() const { return notice_; }

  QPushButton* openFile() const { return openFile_; }

  void setTitle(const QString& title);
  /// Beneath the switches; empty: nothing.
  void setWarnings(const QStringList& sentences);
  /// What is on show says nothing yet, or no more.
  void setContentVisible(bool visible);

 private:
  QWidget* makeTop();
  QWidget* makeSide();

  TileGrid* tiles_;
  SceneView* scene_;
  ModalitySwitchboard* switches_;
  DemoReadout* readout_;
  QCheckBox* truth_;
  QCheckBox* sideBySide_;
  QCheckBox* decides_;
  QCheckBox* border_;
  StoryBar* story_;
  NoticeCard* notice_;
  QPushButton* openFile_;
  ElidedLabel* title_;
  QLabel* warnings_;
  QWidget* content_ = nullptr;
};

}  // namespace modascope
