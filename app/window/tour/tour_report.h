#pragma once

#include <QImage>
#include <QString>
#include <optional>
#include <utility>
#include <vector>

#include "core/metrics/subset_table.h"

namespace modascope {

struct TourPicture {
  QString file;
  QString caption;
  QImage image;
};

/// What the report says beside its pictures.
struct TourFacts {
  std::vector<std::pair<QString, QString>> run;  ///< name and value, in order
  std::optional<SubsetTable> table;
  QString tableCaption;
};

QByteArray pngOf(const QImage& image);
/// One HTML file that needs nothing beside it: the pictures are inside.
QString tourReport(const TourFacts& facts, const std::vector<TourPicture>& pictures);

}  // namespace modascope
