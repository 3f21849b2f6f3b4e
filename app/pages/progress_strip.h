#pragma once

#include <QWidget>

class QProgressBar;
class QToolButton;

namespace modascope {

class ElidedLabel;

/// What is under way, how far it is, and the way to stop it; hidden when nothing is. In the window
/// it stands in the status bar, where it takes no room of anything else.
class ProgressStrip : public QWidget {
  Q_OBJECT

 public:
  explicit ProgressStrip(QWidget* parent = nullptr);

  /// Cannot be stopped, and how long it takes is not known.
  void setBusy(const QString& words);
  /// Hidden when all is done.
  void setProgress(const QString& words, int done, int total);
  void setIdle();
  /// Empty when nothing is under way.
  QString words() const;
  QToolButton* cancel() const { return cancel_; }

 private:
  ElidedLabel* words_;
  QProgressBar* bar_;
  QToolButton* cancel_;
};

}  // namespace modascope
