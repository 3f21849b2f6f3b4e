#pragma once

#include <QColor>
#include <QString>
#include <QWidget>
#include <vector>

#include "widgets/bridge/palette.h"

namespace modascope {

struct LegendEntry {
  QString name;
  QColor colour;
  Qt::PenStyle line = Qt::SolidLine;
  double width = 1.6;
  bool dot = false;  ///< instead of the line
  QString value;     ///< empty: none
};

/// Paints the entries in rows that fit `width`, from the top left; returns the height they need.
/// `where` stands before them ("step 120").
int paintLegend(QPainter* painter, int width, const QString& where,
                const std::vector<LegendEntry>& entries, const PlotTheme& theme, const QFont& font);

/// The legend above a plot, so that it never covers data; it reads out values.
class LegendStrip : public QWidget {
  Q_OBJECT

 public:
  explicit LegendStrip(QWidget* parent = nullptr);
  void setEntries(const QString& where, std::vector<LegendEntry> entries);
  void setTheme(const PlotTheme& theme);
  const std::vector<LegendEntry>& entries() const { return entries_; }
  const QString& where() const { return where_; }

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString where_;
  std::vector<LegendEntry> entries_;
  PlotTheme theme_;
};

}  // namespace modascope
