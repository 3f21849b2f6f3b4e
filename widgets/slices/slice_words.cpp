#include "widgets/slices/slice_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("SliceView", text);
}

}  // namespace

QString sliceWords(const TileHeader& header, const SlicePlace& place) {
  QStringList words;
  const TileTitle& title = header.title();
  const QString plane = nameOf(place.plane());
  if (!title.name.isEmpty()) words << title.name;
  if (!title.detail.isEmpty() && title.detail != plane) words << title.detail;
  if (!title.note.isEmpty()) words << title.note;
  if (!header.stateWords().isEmpty()) words << header.stateWords();
  if (const auto slice = place.slice()) {
    words << tr("%1 slice %2 of %3").arg(plane).arg(*slice + 1).arg(place.sliceCount());
  }
  return words.isEmpty() ? tr("Empty slice view") : words.join(QStringLiteral(", "));
}

QString legendWords(const SliceLegend& legend) {
  QStringList meaning = legend.lines;
  for (const LegendKey& key : legend.keys) meaning << key.words;
  if (!legend.remark.isEmpty()) meaning << legend.remark;
  return meaning.join(QStringLiteral(", "));
}

}  // namespace modascope
