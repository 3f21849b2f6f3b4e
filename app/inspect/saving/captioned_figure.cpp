#include "app/inspect/saving/captioned_figure.h"

#include <QGuiApplication>
#include <QPainter>

#include "app/inspect/inspect_page.h"
#include "widgets/figures/figure_file.h"

namespace modascope {
namespace {

constexpr int kLine = 22;
constexpr int kEdge = 6;
constexpr int kSwatch = 11;

/// As many lines as its width needs.
QRect placeOfWords(const QSize& picture, int top, const QString& words) {
  const QRect room(kEdge, top, picture.width() - 2 * kEdge, 100 * kLine);
  QRect needed = QFontMetrics(QGuiApplication::font()).boundingRect(room, Qt::TextWordWrap, words);
  needed.setWidth(room.width());
  return needed;
}

/// ■ WT  ■ TC  ■ ET
void paintKey(QPainter& painter, const QRect& line, const RegionKey& key) {
  int x = line.left();
  for (const Region& region : key.regions) {
    const QRect swatch(x, line.center().y() - kSwatch / 2, kSwatch, kSwatch);
    painter.fillRect(swatch, regionColour(region, key.colours));
    painter.drawRect(swatch);
    x = swatch.right() + 5;
    const QString name = regionName(region);
    painter.drawText(QRect(x, line.top(), line.right() - x, line.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, name);
    x += painter.fontMetrics().horizontalAdvance(name) + 14;
  }
}

}  // namespace

QString figureFilter() {
  return InspectPage::tr("Pictures (*.png *.svg *.pdf)");
}

void savePicture(const std::filesystem::path& file, const InspectPage& page,
                 const PictureForm& form, const std::function<QImage()>& picture) {
  const QSize size = form.size;
  const QRect words = placeOfWords(size, size.height() + kLine, page.caption());
  const bool captioned = form.caption == Caption::With;
  const QSize whole = captioned ? QSize(size.width(), words.bottom() + 1 + kEdge) : size;
  writeFigure(
      file, whole,
      [&](QPaintDevice& device) {
        QPainter painter(&device);
        painter.fillRect(QRect({}, whole), Qt::white);
        painter.drawImage(QRect({}, size), picture());
        if (!captioned) return;
        painter.setPen(Qt::black);
        const QRect line(kEdge, size.height(), whole.width() - 2 * kEdge, kLine);
        if (form.key) paintKey(painter, line, *form.key);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                         InspectPage::tr("Research use only"));
        painter.drawText(words, Qt::AlignLeft | Qt::TextWordWrap, page.caption());
      },
      form.fine);
}

}  // namespace modascope
