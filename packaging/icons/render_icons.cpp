/// render_icons FILE.svg FOLDER SIZE …: FOLDER/SIZE.png of each size in pixels. Needs no display.
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <cstdio>

namespace {

bool render(QSvgRenderer& svg, int size, const QString& file) {
  QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  svg.render(&painter);
  painter.end();
  return image.save(file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  QSvgRenderer svg(QString::fromLocal8Bit(argv[1]));
  if (!svg.isValid()) {
    std::fprintf(stderr, "render_icons: %s is no SVG.\n", argv[1]);
    return 1;
  }
  for (int i = 3; i < argc; ++i) {
    const QString file = QString("%1/%2.png").arg(QString::fromLocal8Bit(argv[2]), argv[i]);
    if (render(svg, QByteArray(argv[i]).toInt(), file)) continue;
    std::fprintf(stderr, "render_icons: %s could not be written.\n", qPrintable(file));
    return 1;
  }
}
