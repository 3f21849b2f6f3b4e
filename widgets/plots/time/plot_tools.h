#pragma once

#include <QWidget>

#include "widgets/plots/step_table.h"

class QBoxLayout;
class QMenu;
class QToolButton;

namespace modascope {

/// The buttons beside the title of a plot over time: the plot's own, a logarithmic scale, and a
/// menu of what all such plots can do. They show what they are told and ask for the rest.
class PlotTools : public QWidget {
  Q_OBJECT

 public:
  explicit PlotTools(QWidget* parent = nullptr);

  /// Left of those that are there.
  QToolButton* add(const QString& text, const QString& words, bool checkable);
  void setAxis(TimeAxis axis) { axis_ = axis; }
  void setLogScale(bool on);
  void setOutliersMarked(bool on) { outliersMarked_ = on; }
  /// The same menu, where the mouse is.
  void execMenu(const QPoint& place);

 Q_SIGNALS:
  void axisChosen(modascope::TimeAxis axis);
  void logScaleChosen(bool on);
  void outliersChosen(bool marked);
  void everythingAsked();
  void figureAsked();
  void pointsAsked();

 private:
  void fill(QMenu* menu);

  QBoxLayout* row_ = nullptr;
  QToolButton* log_ = nullptr;
  TimeAxis axis_ = TimeAxis::Step;
  bool outliersMarked_ = true;
};

}  // namespace modascope
