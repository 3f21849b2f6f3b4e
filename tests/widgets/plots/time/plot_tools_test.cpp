#include "widgets/plots/time/plot_tools.h"

#include <QMenu>
#include <QToolButton>
#include <QtTest>

#include "tests/test_program.h"

using namespace modascope;

namespace {

/// As it is filled when it opens.
QList<QAction*> openedMenu(const PlotTools& tools) {
  auto* menu = tools.findChild<QMenu*>();
  Q_EMIT menu->aboutToShow();
  return menu->actions();
}

}  // namespace

class PlotToolsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theMenuTicksTheAxisOnShowAndAsksForAnother() {
    PlotTools tools;
    QSignalSpy chosen(&tools, &PlotTools::axisChosen);
    tools.setAxis(TimeAxis::Epoch);
    const auto actions = openedMenu(tools);
    QVERIFY(!actions[0]->isChecked() && actions[1]->isChecked() && !actions[2]->isChecked());
    actions[2]->trigger();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<TimeAxis>(), TimeAxis::Time);
  }

  void aScaleThatIsToldIsShownAndNotAskedFor() {
    PlotTools tools;
    QSignalSpy chosen(&tools, &PlotTools::logScaleChosen);
    tools.setLogScale(true);
    QVERIFY(chosen.empty());
    for (auto* button : tools.findChildren<QToolButton*>())
      if (button->isCheckable()) {
        QVERIFY(button->isChecked());
        button->click();
      }
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toBool(), false);
  }

  void theMenuAsksForOutliersInTheScale() {
    PlotTools tools;
    QSignalSpy chosen(&tools, &PlotTools::outliersChosen);
    const auto outliers = [&] {
      for (auto* action : openedMenu(tools))
        if (action->text().startsWith("Outliers")) return action;
      return static_cast<QAction*>(nullptr);
    };
    QVERIFY(outliers() != nullptr && outliers()->isChecked());
    outliers()->trigger();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toBool(), false);
    tools.setOutliersMarked(false);
    QVERIFY(!outliers()->isChecked());
  }

  void aPlotsOwnButtonStandsLeftOfTheOthers() {
    PlotTools tools;
    auto* own = tools.add("own", "of this plot", true);
    tools.show();
    QVERIFY(QTest::qWaitForWindowExposed(&tools));
    for (const auto* button : tools.findChildren<QToolButton*>())
      QVERIFY(button == own || own->x() < button->x());
  }
};

WINDOW_TEST(PlotToolsTest)
#include "plot_tools_test.moc"
