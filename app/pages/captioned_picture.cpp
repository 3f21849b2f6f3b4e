#include "app/pages/captioned_picture.h"

#include <QPainter>

#include "app/pages/inspect_page.h"
#include "widgets/plots/figure_file.h"

namespace modascope {
namespace {

constexpr int kCaption = 22;

}  // namespace

void savePicture(const std::filesystem::path& file, const InspectPage& page,
                 const PictureForm& form, const std::function<QImage()>& picture) {
  const QSize size = form.size;
  const QSize whole = size + QSize(0, form.caption == Caption::With ? kCaption : 0);
  writeFigure(
      file, whole,
      [&](QPaintDevice& device) {
        QPainter painter(&device);
        painter.fillRect(QRect({}, whole), Qt::white);
        painter.drawImage(QRect({}, size), picture());
        if (form.caption == Caption::Without) return;
        painter.setPen(Qt::black);
        const QRect line(6, size.height(), whole.width() - 12, kCaption);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, page.caption());
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                         InspectPage::tr("Research use only"));
      },
      form.fine);
}

}  // namespace modascope
