#pragma once

#include <QObject>
#include <array>

#include "core/modality/modality.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/controls/form/number_box.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace modascope {

class DisplaySwatch;

/// One end of an intensity window. Its arrows go by a round part of the window's width.
class WindowEnd : public NumberBox {
  Q_OBJECT

 public:
  explicit WindowEnd(QWidget* parent = nullptr);
  /// Shown as exactly as a window of this width needs.
  void show(double value, double width);
  void stepBy(int steps) override;
  QSize minimumSizeHint() const override;
  QSize sizeHint() const override { return minimumSizeHint(); }

 Q_SIGNALS:
  /// Typed to the end, or stepped.
  void chosen();

 private:
  double step_ = 1;
};

/// One modality's intensity window in a row of a grid: mark, label, from, to, Auto. What is typed
/// always leaves a window: an end that passes the other takes it along, and the window keeps its
/// width; what is no number is put back.
class DisplayWindowRow : public QObject {
  Q_OBJECT

 public:
  /// Fills columns 0 to 4 of `row`.
  DisplayWindowRow(QGridLayout* grid, int row, QWidget* parent);

  void setModality(const ModalitySchema& schema, ModalityId id);
  void setShown(bool shown);
  void setAvailable(bool available);
  /// Emits nothing.
  void setWindow(const IntensityWindow& window);
  const IntensityWindow& window() const { return window_; }

 Q_SIGNALS:
  /// By the user; low < high.
  void chosen(modascope::IntensityWindow window);
  void autoAsked();

 private:
  enum class End { Low, High };
  void take(End end);
  void showWindow();
  void name(const QString& label);
  std::array<QWidget*, 5> widgets() const;

  DisplaySwatch* swatch_;
  QLabel* label_;
  WindowEnd* low_;
  WindowEnd* high_;
  QPushButton* auto_;
  IntensityWindow window_;
};

}  // namespace modascope
