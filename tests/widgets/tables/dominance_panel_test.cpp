#include "widgets/tables/dominance_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QtTest>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/bridge/palette.h"
#include "widgets/tables/dominance_rows.h"
#include "widgets/tables/share_table.h"

using namespace modascope;

namespace {

/// T1 and T1ce of one voxel each: 1 and 3 of the region's evidence.
Attribution attribution() {
  Attribution some{bratsModalities(), ModalitySet::firstOf(2), bratsRegions(), bratsRegions()[2]};
  some.layer = "up 3";
  VoxelGrid grid;
  grid.size = {1, 1, 1};
  some.maps = {{grid, {1}}, {grid, {3}}};
  some.scale = scaleOf(some.maps);
  some.shares = {sharesOf(some.maps, "et")};
  some.removals = {RemovalMeasure::DiceWithTruth,
                   0.8,
                   {{ModalityId(0), 0.85, -0.05, 11.3}, {ModalityId(1), 0.24, 0.56, 2.2}},
                   10.3};
  return some;
}

std::shared_ptr<const Attribution> shared(const Attribution& attribution) {
  return std::make_shared<const Attribution>(attribution);
}

/// By hand.
void choose(QComboBox* box, int index) {
  box->setCurrentIndex(index);
  Q_EMIT box->activated(index);
}

QComboBox* layersOf(const DominancePanel& panel) {
  for (auto* box : panel.findChildren<QComboBox*>())
    if (box->accessibleName() == "Layer of the network") return box;
  return nullptr;
}

QString said(const DominancePanel& panel) {
  QString all;
  for (const auto* label : panel.findChildren<QLabel*>())
    if (!label->isHidden()) all += label->text();
  return all;
}

}  // namespace

class DominancePanelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sharesAndRemovalsStandBesideEachOther() {
    DominanceRows rows;
    rows.setAttribution(shared(attribution()));
    QCOMPARE(rows.inWords(),
             u"T1 25 %, removal +0.05, +1.0 mL\nT1ce 75 %, removal −0.56, −8.1 mL"_qs);
    QCOMPARE(rows.removalHead(), u"Dice if removed"_qs);
    Attribution unlabelled = attribution();
    unlabelled.removals.measure = RemovalMeasure::DiceWithFullPrediction;
    rows.setAttribution(shared(unlabelled));
    QCOMPARE(rows.removalHead(), u"agreement if removed"_qs);
    QCOMPARE(rows.accessibleDescription(), rows.inWords());
  }

  void aBarIsAsLongAsItsShare() {
    DominanceRows rows;
    rows.setAttribution(shared(attribution()));
    rows.resize(400, rows.sizeHint().height());
    const QImage picture = rows.grab().toImage();
    const auto at = [&](double share) {
      return picture.pixelColor(rows.barOf(1, share).bottomRight().toPoint() - QPoint(1, 4));
    };
    QCOMPARE(at(0.72), modalityColour(ModalityId(1)));
    QVERIFY(at(0.80) != modalityColour(ModalityId(1)));
  }

  void theSharesInEveryRegionAreATable() {
    Attribution some = attribution();
    some.shares.clear();
    QVERIFY(shareTable(some).isEmpty());
    some.shares = {
        {"et", {0.25, 0.75}}, {"wt", {0.4, 0.6}}, {"et", {0.25, 0.75}}, {"everywhere", {}}};
    const auto cells = [](const Attribution& of) {
      QString text = shareTable(of);
      text.replace("</td>", " ").replace("</tr>", "\n").remove(QRegularExpression("<[^>]*>"));
      return text.remove("&nbsp;");
    };
    QCOMPARE(cells(some),
             QString("share in WT ET everywhere \nT1 40 % 25 % – \nT1ce 60 % 75 % – \n"));
    Attribution lesion = some;
    lesion.regions = RegionSchema({{1, "lesion"}}, {{"lesion", "Lesion", "lesion", {1}, {}}});
    lesion.shares = {{"lesion", {0.25, 0.75}}, {"everywhere", {}}};
    QVERIFY(cells(lesion).startsWith("share in Lesion everywhere"));
    some.picked = true;
    some.shares.front().where = "picked";
    QVERIFY(cells(some).startsWith("share in picked WT ET everywhere"));
    DominancePanel panel;
    panel.setAttribution(shared(some));
    QVERIFY(said(panel).contains("everywhere"));
  }

  void noEvidenceAndNoMapsAreSaid() {
    DominancePanel panel;
    Attribution none = attribution();
    for (auto& map : none.maps) map.voxels = {0};
    none.scale = 0;
    none.shares = {sharesOf(none.maps, "et")};
    panel.setAttribution(shared(none));
    QVERIFY(said(panel).contains("No positive evidence"));
    QCOMPARE(shareWords(none, 0), u"–"_qs);
    none.maps.clear();
    none.noMaps = "This network mixes its modalities.";
    none.layer.clear();
    panel.setAttribution(shared(none));
    QVERIFY(said(panel).contains("mixes its modalities"));
    QVERIFY(said(panel).contains("Attribution of ET, from T1, T1ce;"));
    QVERIFY(!panel.views()->isEnabled());
  }

  void aDisagreementIsAWarning() {
    DominancePanel panel;
    Attribution some = attribution();
    panel.setAttribution(shared(some));
    QVERIFY(!said(panel).contains(u"⚠"_qs));
    std::swap(some.removals.each[0].drop, some.removals.each[1].drop);
    panel.setAttribution(shared(some));
    QVERIFY(said(panel).contains(u"⚠"_qs));
  }

  void itAsksOnlyWhenThereIsAPrediction() {
    DominancePanel panel;
    panel.setRegions(bratsRegions());
    QVERIFY(!panel.button()->isEnabled());
    panel.setLayers({"up 2", "up 3"}, "up 3");
    panel.setReady(true);
    QSignalSpy asked(&panel, &DominancePanel::asked);
    panel.button()->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(panel.layer(), std::string("up 3"));
    QCOMPARE(panel.region(), bratsRegions()[2]);
  }

  void aRegionThatWasNotPredictedCannotBeAskedAbout() {
    DominancePanel panel;
    panel.setRegions(bratsRegions());
    panel.setReady(true);
    const auto offered = [&](int row) {
      return panel.regions()->model()->index(row, 0).flags().testFlag(Qt::ItemIsEnabled);
    };
    panel.setPredicted({12, 4, 0});  // WT, TC, ET
    QVERIFY(offered(0) && offered(1) && !offered(2));
    QCOMPARE(panel.regions()->itemData(2, Qt::ToolTipRole).toString(),
             u"Nothing is predicted as ET"_qs);
    QCOMPARE(panel.region(), bratsRegions()[1]);  // the innermost that there is
    panel.setPredicted({12, 4, 3});
    QCOMPARE(panel.region(), bratsRegions()[2]);
    choose(panel.regions(), 2);
    panel.setPredicted({12, 0, 0});  // what somebody chose stays, and cannot be asked about
    QCOMPARE(panel.region(), bratsRegions()[2]);
    QVERIFY(!panel.button()->isEnabled());
    QVERIFY(panel.button()->toolTip().contains("Nothing is predicted as ET"));
    QVERIFY(said(panel).contains("Nothing is predicted as ET"));
    choose(panel.places(), 1);  // a ball has voxels
    QVERIFY(offered(2) && panel.button()->isEnabled());
    choose(panel.places(), 0);
    choose(panel.regions(), 0);
    QVERIFY(panel.button()->isEnabled());
  }

  void theOnlyRegionOfAnotherOrganIsTheOneThatIsAskedAbout() {
    const RegionSchema lesion({{1, "lesion"}}, {{"lesion", "LESION", "lesion", {1}, {1, 2, 3}}});
    DominancePanel panel;
    panel.setReady(true);
    QVERIFY(!panel.button()->isEnabled());  // about nothing
    panel.setRegions(lesion);
    QCOMPARE(panel.regions()->count(), 1);
    QCOMPARE(panel.regions()->currentText(), QString("LESION"));
    QVERIFY(panel.button()->isEnabled());
    QCOMPARE(panel.region(), lesion[0]);
    panel.setPredicted({0});
    QVERIFY(!panel.button()->isEnabled());
    QVERIFY(panel.button()->toolTip().contains("Nothing is predicted as LESION"));
  }

  void theMapsAreShownWithTheAnswerAndGoWithIt() {
    DominancePanel panel;
    QCOMPARE(panel.mapView(), MapView::Segmentation);
    panel.setAttribution(shared(attribution()));
    QCOMPARE(panel.mapView(), MapView::EachModality);
    panel.clear();
    QCOMPARE(panel.mapView(), MapView::Segmentation);
  }

  void whatTheSlicesShowIsChosenForAllAnswers() {
    DominancePanel panel;
    panel.setAttribution(shared(attribution()));
    QSignalSpy changed(&panel, &DominancePanel::mapViewChanged);
    choose(panel.views(), 2);
    QCOMPARE(panel.mapView(), MapView::Strongest);
    QCOMPARE(changed.size(), 1);
    panel.clear();
    QVERIFY(!panel.views()->isEnabled());
    QCOMPARE(panel.mapView(), MapView::Segmentation);
    Attribution without = attribution();
    without.maps.clear();
    panel.setAttribution(shared(without));
    QCOMPARE(panel.mapView(), MapView::Segmentation);
    panel.setAttribution(shared(attribution()));
    QVERIFY(panel.views()->isEnabled());
    QCOMPARE(panel.mapView(), MapView::Strongest);
    choose(panel.views(), 0);
    panel.clear();
    panel.setAttribution(shared(attribution()));
    QCOMPARE(panel.mapView(), MapView::Segmentation);
    QCOMPARE(changed.size(), 2);
  }

  void theLayerStaysChosenForNetworksWithTheSameLayers() {
    DominancePanel panel;
    QComboBox* layers = layersOf(panel);
    panel.setLayers({}, "");
    QVERIFY(!layers->isEnabled());
    panel.setLayers({"up 2", "up 3"}, "up 3");
    QVERIFY(layers->isEnabled());
    choose(layers, 0);
    panel.setLayers({"up 2", "up 3"}, "up 3");
    QCOMPARE(panel.layer(), std::string("up 2"));
    panel.setLayers({"up 2", "up 3", "up 4"}, "up 3");
    QCOMPARE(panel.layer(), std::string("up 3"));
    panel.setLayers({}, "");
    QVERIFY(!layers->isEnabled());
    QCOMPARE(panel.layer(), std::string());
  }

  void theAnswerNamesItsLayer() {
    DominancePanel panel;
    panel.setLayers({"up 2", "up 3"}, "up 2");
    Attribution some = attribution();
    panel.setAttribution(shared(some));
    QVERIFY(said(panel).contains("Attribution of ET at layer up 3, from T1, T1ce;"));
    some.picked = true;
    some.ml = 4.2;
    panel.setAttribution(shared(some));
    QVERIFY(said(panel).contains("ET in the 4.2 mL around the place picked at layer up 3, from"));
  }
};

WINDOW_TEST(DominancePanelTest)
#include "dominance_panel_test.moc"
