#include "widgets/plots/time/plot_tools.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <array>

#include "widgets/plots/time/plot_frame.h"

namespace modascope {

PlotTools::PlotTools(QWidget* parent) : QWidget(parent) {
  row_ = new QHBoxLayout(this);
  row_->setContentsMargins(0, 0, 0, 0);
  row_->setSpacing(2);
  auto* more = add(QStringLiteral("⋯"), tr("More: x axis, zoom, save"), false);
  more->setPopupMode(QToolButton::InstantPopup);
  more->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
  auto* menu = new QMenu(more);
  more->setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] {
    menu->clear();
    fill(menu);
  });
  log_ = add(tr("log"), tr("Logarithmic scale"), true);
  connect(log_, &QToolButton::toggled, this, &PlotTools::logScaleChosen);
}

QToolButton* PlotTools::add(const QString& text, const QString& words, bool checkable) {
  auto* button = new QToolButton(this);
  button->setText(text);
  button->setToolTip(words);
  button->setAccessibleName(words);
  button->setAutoRaise(true);
  button->setCheckable(checkable);
  button->setFont(plotLabelFont(font()));
  row_->insertWidget(0, button);
  return button;
}

void PlotTools::setLogScale(bool on) {
  const QSignalBlocker quiet(log_);
  log_->setChecked(on);
}

void PlotTools::fill(QMenu* menu) {
  const std::array axes{std::pair{TimeAxis::Step, tr("By step")},
                        std::pair{TimeAxis::Epoch, tr("By epoch")},
                        std::pair{TimeAxis::Time, tr("By training time")}};
  for (const auto& [axis, words] : axes) {
    auto* action = menu->addAction(words, this, [this, axis = axis] { Q_EMIT axisChosen(axis); });
    action->setCheckable(true);
    action->setChecked(axis == axis_);
  }
  menu->addSeparator();
  menu->addAction(tr("Show everything (double click)"), this, &PlotTools::everythingAsked);
  auto* logarithmic = menu->addAction(tr("Logarithmic scale"), this, &PlotTools::logScaleChosen);
  logarithmic->setCheckable(true);
  logarithmic->setChecked(log_->isChecked());
  auto* outliers =
      menu->addAction(tr("Outliers as marks at the edge"), this, &PlotTools::outliersChosen);
  outliers->setCheckable(true);
  outliers->setChecked(outliersMarked_);
  menu->addSeparator();
  menu->addAction(tr("Save figure…"), this, &PlotTools::figureAsked);
  menu->addAction(tr("Save every point…"), this, &PlotTools::pointsAsked);
}

void PlotTools::execMenu(const QPoint& place) {
  QMenu menu(this);
  fill(&menu);
  menu.exec(place);
}

}  // namespace modascope
