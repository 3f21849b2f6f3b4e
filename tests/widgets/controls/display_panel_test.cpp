#include "widgets/controls/display_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QtTest>

#include "tests/test_program.h"
#include "tests/widgets/controls/brats_panel.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

/// Those with a colour.
QStringList shownRegions(const DisplayPanel& panel) {
  QStringList names;
  for (const auto* box : panel.findChildren<QCheckBox*>())
    if (box->isVisible() && !box->icon().isNull()) names << box->text();
  return names;
}

ModalitySchema schemaOf(std::size_t count) {
  std::vector<Modality> modalities;
  for (std::size_t i = 0; i < count; ++i) {
    const auto digit = std::to_string(i + 1);
    modalities.push_back({"m" + digit, "A rather long label " + digit});
  }
  return ModalitySchema(modalities);
}

}  // namespace

class DisplayPanelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatTheCaseHasNotIsDisabled() {
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT2, {10, 20});
    panel.setSlicePlane(kT2);
    QCOMPARE(panel.slicePlane(), std::optional(kT2));
    panel.setAvailable(*bratsModalities().all().without(kT2));
    QVERIFY(!from(panel, "T2")->isEnabled());
    QVERIFY(!named<QPushButton>(panel, "T2: automatic window")->isEnabled());
    QVERIFY(from(panel, "T2")->words().isEmpty());
    QVERIFY(from(panel, "T1")->isEnabled());
    QCOMPARE(panel.slicePlane(), std::optional<ModalityId>());
    panel.setSlicePlane(kT2);
    QCOMPARE(panel.slicePlane(), std::optional<ModalityId>());
    panel.setAvailable(bratsModalities().all());
    QCOMPARE(to(panel, "T2")->words(), QString("20.00"));
  }

  void aPlaneIsChosenByKeyAndSkipsWhatIsAbsent() {
    BratsPanel panel;
    show(panel);
    panel.setAvailable(*bratsModalities().all().without(kT1ce));
    Heard heard;
    heard.listenTo(panel);
    auto* chooser = named<QComboBox>(panel, "Modality of the slice in the 3D view");
    auto* orientation = named<QComboBox>(panel, "Orientation of the slice in the 3D view");
    QVERIFY(!orientation->isEnabled());
    QTest::keyClick(chooser, Qt::Key_Down);
    QTest::keyClick(chooser, Qt::Key_Down);
    QCOMPARE(heard.planes, (std::vector<std::optional<ModalityId>>{kT1, kT2}));
    QVERIFY(orientation->isEnabled());
    QTest::keyClick(orientation, Qt::Key_Down);
    QCOMPARE(heard.orientations, std::vector{Plane::Coronal});
    QTest::keyClick(chooser, Qt::Key_Home);
    QCOMPARE(heard.planes.back(), std::optional<ModalityId>());
    QVERIFY(!orientation->isEnabled());
  }

  void regionsAreHiddenAndMadeGlass() {
    BratsPanel panel;
    show(panel);
    Heard heard;
    heard.listenTo(panel);
    auto* core = named<QCheckBox>(panel, "Tumour core in the 3D view");
    auto* slider = named<QSlider>(panel, "Opacity of TC in the 3D view");
    QCOMPARE(slider->value(), 100);
    panel.setRegionOpacity(bratsRegions()[1], 0.55);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(heard.opacity.back(), (std::pair{bratsRegions()[1], 0.56}));
    QCOMPARE(slider->accessibleDescription(), QString("56 %"));
    QTest::keyClick(slider, Qt::Key_End);
    QCOMPARE(heard.opacity.back(), (std::pair{bratsRegions()[1], 1.0}));
    core->setFocus();
    QTest::keyClick(core, Qt::Key_Space);
    QCOMPARE(heard.visible.back(), (std::pair{bratsRegions()[1], false}));
    QVERIFY(!slider->isEnabled());
    QTest::keyClick(named<QCheckBox>(panel, "Outline of the body in the 3D view"), Qt::Key_Space);
    QCOMPARE(heard.head, std::vector{false});
  }

  void aRegionOfAnotherOrganHasOneLine() {
    const RegionSchema lesion({{1, "lesion"}}, {{"lesion", "LESION", "lesion", {1}, {1, 2, 3}}});
    BratsPanel panel;
    panel.setRegions(lesion);
    show(panel);
    Heard heard;
    heard.listenTo(panel);
    QCOMPARE(shownRegions(panel), QStringList{"LESION"});
    QCOMPARE(named<QSlider>(panel, "Opacity of LESION in the 3D view")->toolTip(),
             QString("Opacity of LESION in the 3D view"));
    named<QCheckBox>(panel, "Lesion in the 3D view")->click();
    QCOMPARE(heard.visible.back(), (std::pair{lesion[0], false}));
    QCOMPARE(lesion[0].place, std::size_t{0});
  }

  void nothingIsThereUntilItIsToldOf() {
    DisplayPanel panel;
    show(panel);
    QVERIFY(shownRegions(panel).isEmpty());
    for (const auto* end : panel.findChildren<WindowEnd*>()) QVERIFY(!end->isVisible());
    QCOMPARE(named<QComboBox>(panel, "Modality of the slice in the 3D view")->count(), 1);
  }

  void theOverlayHasAnOpacityAndOutlines() {
    BratsPanel panel;
    show(panel);
    Heard heard;
    heard.listenTo(panel);
    panel.setOverlayOpacity(0.5);
    QTest::keyClick(named<QSlider>(panel, "Opacity of the overlay on the slices"), Qt::Key_PageUp);
    QCOMPARE(heard.overlay, std::vector{0.6});
    QTest::keyClick(named<QCheckBox>(panel, "Outlines of the regions on the slices"),
                    Qt::Key_Space);
    QCOMPARE(heard.outline, std::vector{true});
  }

  void whatIsSetFromOutsideIsShownAndNotTold() {
    BratsPanel panel;
    Heard heard;
    heard.listenTo(panel);
    panel.setSchema(schemaOf(3));
    panel.setWindow(kT1, {3, 4});
    panel.setWindow(kT1, {5, 5});  // no window
    panel.setRegionVisible(bratsRegions()[2], false);
    panel.setRegionOpacity(bratsRegions()[0], 0.25);
    panel.setHead(false);
    panel.setSlicePlane(kT2);
    panel.setSliceOrientation(Plane::Sagittal);
    panel.setOverlayOpacity(0.8);
    panel.setOverlayOutline(true);
    panel.setAvailable(ModalitySet(kT1));
    QCOMPARE(heard.count(), std::size_t{0});
    QCOMPARE(panel.window(kT1), (IntensityWindow{3, 4}));
    QVERIFY(!named<QCheckBox>(panel, "Enhancing tumour in the 3D view")->isChecked());
    QCOMPARE(named<QSlider>(panel, "Opacity of WT in the 3D view")->value(), 25);
    QVERIFY(!named<QCheckBox>(panel, "Outline of the body in the 3D view")->isChecked());
    QCOMPARE(panel.sliceOrientation(), Plane::Sagittal);
    QCOMPARE(named<QSlider>(panel, "Opacity of the overlay on the slices")->value(), 80);
    QVERIFY(named<QCheckBox>(panel, "Outlines of the regions on the slices")->isChecked());
  }

  void everyNumberOfModalitiesFitsANarrowTab_data() {
    QTest::addColumn<int>("count");
    for (const int count : {2, 4, 8}) QTest::newRow(qPrintable(QString::number(count))) << count;
  }
  void everyNumberOfModalitiesFitsANarrowTab() {
    QFETCH(int, count);
    BratsPanel panel;
    panel.setSchema(schemaOf(static_cast<std::size_t>(count)));
    show(panel, {340, 300});
    auto* scroll = panel.findChild<QScrollArea*>();
    QVERIFY(scroll->verticalScrollBar()->maximum() > 0);
    QVERIFY2(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width(),
             qPrintable(QString::number(scroll->widget()->minimumSizeHint().width())));
    int boxes = 0;
    for (auto* box : panel.findChildren<WindowEnd*>()) boxes += box->isVisible();
    QCOMPARE(boxes, 2 * count);
  }

  void everyControlHasANameAndIsOnTheTabKeysWay() {
    BratsPanel panel;
    show(panel);
    panel.setSlicePlane(kT1);
    std::vector<QWidget*> controls;
    for (auto* widget : panel.findChildren<QWidget*>()) {
      const bool control = qobject_cast<QAbstractButton*>(widget) ||
                           qobject_cast<QSlider*>(widget) || qobject_cast<QComboBox*>(widget) ||
                           qobject_cast<WindowEnd*>(widget);
      if (!control || !widget->isVisible()) continue;
      QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
      controls.push_back(widget);
    }
    // 4 x (2 boxes, Auto); 3 x (check box, slider), head, 2 choosers; slider, outlines
    QCOMPARE(controls.size(), std::size_t{12 + 9 + 2});
    std::vector<QWidget*> reached;
    from(panel, "T1")->setFocus();
    for (std::size_t i = 0; i < controls.size(); ++i) {
      reached.push_back(QApplication::focusWidget());
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(reached, controls);
  }

  void theWheelMovesOnlyWhatIsAtWork() {
    BratsPanel panel;
    show(panel, {390, 200});
    auto* slider = named<QSlider>(panel, "Opacity of WT in the 3D view");
    from(panel, "T1")->setFocus();
    const QPointF at(5, 5);
    QWheelEvent wheel(at, slider->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    const int before = slider->value();
    QApplication::sendEvent(slider, &wheel);
    QVERIFY(!wheel.isAccepted());
    QCOMPARE(slider->value(), before);
    slider->setFocus();
    QApplication::sendEvent(slider, &wheel);
    QVERIFY(slider->value() < before);
  }
};

WINDOW_TEST(DisplayPanelTest)
#include "display_panel_test.moc"
