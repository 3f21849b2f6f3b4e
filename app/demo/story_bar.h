#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace modascope {

/// The story's present step in words, with the way back and on. It only asks.
class StoryBar : public QFrame {
  Q_OBJECT

 public:
  explicit StoryBar(QWidget* parent = nullptr);

  /// `step` from 0.
  void show(const QString& title, const QString& sentence, std::size_t step, std::size_t steps);
  /// Without a step: what is on show by hand.
  void showFree(const QString& title, const QString& sentence);
  QString sentence() const;

 Q_SIGNALS:
  void back();
  void next();

 private:
  QLabel* title_;
  QLabel* sentence_;
  QLabel* place_;
  QPushButton* back_;
  QPushButton* next_;
};

}  // namespace modascope
