#include "widgets/figures/figure_file.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QImage>
#include <QMessageBox>
#include <QPageLayout>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <string>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/files/atomic_file.h"

namespace modascope {
namespace {

using Paint = std::function<void(QPaintDevice&)>;
constexpr int kDotsPerInch = 96;

void paintPng(QBuffer& buffer, QSize size, const Paint& paint, int fine) {
  QImage image(size * fine, QImage::Format_RGB32);
  image.setDotsPerMeterX(qRound(kDotsPerInch / 0.0254));
  image.setDotsPerMeterY(qRound(kDotsPerInch / 0.0254));
  image.setDevicePixelRatio(fine);
  image.fill(Qt::white);
  paint(image);
  image.setDevicePixelRatio(1);
  image.setDotsPerMeterX(qRound(fine * kDotsPerInch / 0.0254));
  image.setDotsPerMeterY(qRound(fine * kDotsPerInch / 0.0254));
  image.save(&buffer, "PNG");
}

void paintSvg(QBuffer& buffer, QSize size, const Paint& paint) {
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setResolution(kDotsPerInch);
  svg.setSize(size);
  svg.setViewBox(QRect({}, size));
  paint(svg);
}

void paintPdf(QBuffer& buffer, QSize size, const Paint& paint) {
  QPdfWriter pdf(&buffer);
  pdf.setResolution(kDotsPerInch);
  pdf.setPageSize(QPageSize(QSizeF(size) / kDotsPerInch, QPageSize::Inch));
  pdf.setPageMargins(QMarginsF());
  paint(pdf);
}

}  // namespace

void writeFigure(const std::filesystem::path& file, QSize size, const Paint& paint, int fine) {
  const std::string ending = lowerCase(file.extension().string());
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (ending == ".png") {
    paintPng(buffer, size, paint, fine);
  } else if (ending == ".svg") {
    paintSvg(buffer, size, paint);
  } else if (ending == ".pdf") {
    paintPdf(buffer, size, paint);
  } else {
    throw Error("'" + file.string() + "': a figure is written as .png, .svg or .pdf, not as '" +
                ending + "'.");
  }
  buffer.close();
  writeAtomically(file,
                  std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

void askAndWrite(QWidget* parent, const QString& name, const QString& filter,
                 const std::function<void(const std::filesystem::path&)>& write) {
  const auto words = [](const char* text) {
    return QCoreApplication::translate("figure_file", text);
  };
  const auto file = QFileDialog::getSaveFileName(parent, words("Save"), name, filter);
  if (file.isEmpty()) return;
  try {
    write(std::filesystem::path(file.toStdString()));
  } catch (const Error& error) {
    QMessageBox::warning(parent, words("Not saved"), QString::fromUtf8(error.what()));
  }
}

}  // namespace modascope
