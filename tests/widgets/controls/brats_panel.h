#pragma once

#include <QTest>

#include "core/problem/brats.h"
#include "widgets/controls/display_panel.h"
#include "widgets/controls/display_window_row.h"

namespace modascope::testing {

inline constexpr ModalityId kT1(0), kT1ce(1), kT2(2), kFlair(3);

/// The control that a screen reader would call that.
template <typename Control>
Control* named(const DisplayPanel& panel, const QString& name) {
  for (auto* control : panel.findChildren<Control*>())
    if (control->accessibleName() == name) return control;
  return nullptr;
}

/// What a panel told.
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
  void listenTo(DisplayPanel& panel) {
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
};

inline void show(DisplayPanel& panel, const QSize& size = {390, 640}) {
  panel.resize(size);
  panel.show();
  panel.activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(&panel));
}

/// Types a number into a box and goes on to the next control.
inline void type(WindowEnd* box, const QString& words) {
  box->setFocus();
  box->selectAll();
  QTest::keyClicks(box, words);
  QTest::keyClick(box, Qt::Key_Return);
}

inline WindowEnd* from(const DisplayPanel& panel, const QString& label) {
  return named<WindowEnd>(panel, label + ": darkest intensity");
}
inline WindowEnd* to(const DisplayPanel& panel, const QString& label) {
  return named<WindowEnd>(panel, label + ": brightest intensity");
}

/// Told of BraTS.
class BratsPanel : public DisplayPanel {
 public:
  BratsPanel() {
    setSchema(bratsModalities());
    setRegions(bratsRegions());
  }
};

}  // namespace modascope::testing
