#include "widgets/controls/display_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QtTest>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/controls/display_window_row.h"

using namespace modascope;

namespace {

constexpr ModalityId kT1(0), kT1ce(1), kT2(2), kFlair(3);

/// The control that a screen reader would call that.
template <typename Control>
Control* named(const DisplayPanel& panel, const QString& name) {
  for (auto* control : panel.findChildren<Control*>())
    if (control->accessibleName() == name) return control;
  return nullptr;
}

struct Heard {
  std::vector<std::pair<ModalityId, IntensityWindow>> windows;
  std::vector<ModalityId> autos;
  std::vector<std::pair<Region, bool>> visible;
  std::vector<std::pair<Region, double>> opacity;
  std::vector<std::optional<ModalityId>> planes;
  std::vector<Plane> orientations;
  std::vector<bool> head, outline;
  std::vector<double> overlay;

  std::size_t count() const {
    return windows.size() + autos.size() + visible.size() + opacity.size() + planes.size() +
           orientations.size() + head.size() + outline.size() + overlay.size();
  }
  void listenTo(DisplayPanel& panel);
};

void Heard::listenTo(DisplayPanel& panel) {
  using P = DisplayPanel;
  const auto hear = [&panel](auto signal, auto& list) {
    QObject::connect(&panel, signal, [&list](auto value) { list.push_back(value); });
  };
  const auto hearTwo = [&panel](auto signal, auto& list) {
    QObject::connect(&panel, signal,
                     [&list](auto which, auto value) { list.emplace_back(which, value); });
  };
  hearTwo(&P::windowChosen, windows);
  hear(&P::autoWindow, autos);
  hearTwo(&P::regionVisibleChanged, visible);
  hearTwo(&P::regionOpacityChanged, opacity);
  hear(&P::slicePlaneChanged, planes);
  hear(&P::sliceOrientationChanged, orientations);
  hear(&P::headChanged, head);
  hear(&P::overlayOutlineChanged, outline);
  hear(&P::overlayOpacityChanged, overlay);
}

void show(DisplayPanel& panel, const QSize& size = {390, 640}) {
  panel.resize(size);
  panel.show();
  panel.activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(&panel));
}

/// Types a number into a box and goes on to the next control.
void type(WindowEnd* box, const QString& words) {
  box->setFocus();
  box->selectAll();
  QTest::keyClicks(box, words);
  QTest::keyClick(box, Qt::Key_Return);
}

WindowEnd* from(const DisplayPanel& panel, const QString& label) {
  return named<WindowEnd>(panel, label + ": darkest intensity");
}
WindowEnd* to(const DisplayPanel& panel, const QString& label) {
  return named<WindowEnd>(panel, label + ": brightest intensity");
}

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

/// Told of BraTS.
class BratsPanel : public DisplayPanel {
 public:
  BratsPanel() {
    setSchema(bratsModalities());
    setRegions(bratsRegions());
  }
};

}  // namespace

class DisplayPanelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTypedWindowIsChosenOnceItIsFinished() {
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT1ce, {100, 1300});
    Heard heard;
    heard.listenTo(panel);
    QCOMPARE(from(panel, "T1ce")->words(), QString("100"));
    type(to(panel, "T1ce"), "1250.5");
    QCOMPARE(heard.windows.size(), std::size_t{1});
    QCOMPARE(heard.windows.back().first, kT1ce);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{100, 1250.5}));
    QCOMPARE(panel.window(kT1ce), (IntensityWindow{100, 1250.5}));
    // Leaving a box that was not changed chooses nothing.
    from(panel, "T1ce")->setFocus();
    from(panel, "FLAIR")->setFocus();
    QCOMPARE(heard.count(), std::size_t{1});
  }

  void anEndThatPassesTheOtherTakesItAlong_data() {
    QTest::addColumn<bool>("low");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("expectedLow");
    QTest::addColumn<double>("expectedHigh");
    QTest::newRow("from above to") << true << "500" << 500.0 << 800.0;
    QTest::newRow("from on to") << true << "400" << 400.0 << 700.0;
    QTest::newRow("to below from") << false << "-50" << -350.0 << -50.0;
    QTest::newRow("to on from") << false << "100" << -200.0 << 100.0;
  }
  void anEndThatPassesTheOtherTakesItAlong() {
    QFETCH(bool, low);
    QFETCH(QString, typed);
    QFETCH(double, expectedLow);
    QFETCH(double, expectedHigh);
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT2, {100, 400});
    Heard heard;
    heard.listenTo(panel);
    type(low ? from(panel, "T2") : to(panel, "T2"), typed);
    QCOMPARE(heard.windows.size(), std::size_t{1});
    QCOMPARE(heard.windows.back().second, (IntensityWindow{expectedLow, expectedHigh}));
    QCOMPARE(from(panel, "T2")->words(), QString::number(expectedLow));
    QCOMPARE(to(panel, "T2")->words(), QString::number(expectedHigh));
  }

  void whatIsNoNumberIsPutBack_data() {
    QTest::addColumn<QString>("typed");
    for (const char* typed : {"many", "nan", "inf", "1e300000", "1.7e308"}) {
      QTest::newRow(typed) << typed;
    }
  }
  void whatIsNoNumberIsPutBack() {
    QFETCH(QString, typed);
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT1, {-1.25, 2.5});
    Heard heard;
    heard.listenTo(panel);
    type(from(panel, "T1"), typed);
    QCOMPARE(heard.count(), std::size_t{0});
    QCOMPARE(from(panel, "T1")->words(), QString("-1.25"));
  }

  void arrowsGoByARoundPartOfTheWindow() {
    BratsPanel panel;
    show(panel);
    panel.setWindow(kFlair, {0, 1000});
    Heard heard;
    heard.listenTo(panel);
    QTest::keyClick(to(panel, "FLAIR"), Qt::Key_Up);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{0, 1010}));
    QTest::keyClick(from(panel, "FLAIR"), Qt::Key_Down);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{-10, 1010}));
    panel.setWindow(kFlair, {0, 2});
    QTest::keyClick(from(panel, "FLAIR"), Qt::Key_Up);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{0.1, 2}));
  }

  void whatIsNotTypedKeepsItsDigits() {
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT1, {12.3456, 987.654});
    Heard heard;
    heard.listenTo(panel);
    QCOMPARE(from(panel, "T1")->words(), QString("12"));
    type(to(panel, "T1"), "900");
    QCOMPARE(heard.windows.back().second, (IntensityWindow{12.3456, 900}));
  }

  void autoIsAskedPerModality() {
    BratsPanel panel;
    show(panel);
    Heard heard;
    heard.listenTo(panel);
    QTest::mouseClick(named<QPushButton>(panel, "T2: automatic window"), Qt::LeftButton);
    auto* button = named<QPushButton>(panel, "FLAIR: automatic window");
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QVERIFY((heard.autos == std::vector{kT2, kFlair}));
    QCOMPARE(heard.count(), std::size_t{2});
  }

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
