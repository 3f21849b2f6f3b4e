#include "widgets/controls/sharing_diagram_layout.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

using Indices = std::vector<std::size_t>;

/// One level of the U.
struct Row {
  Indices down, bottom, up;
};

double widestWord(const std::string& name, const QFontMetricsF& font) {
  double widest = 0;
  for (const QString& word : QString::fromStdString(name).split(' ')) {
    widest = std::max(widest, font.horizontalAdvance(word));
  }
  return widest;
}

class UPlacer {
 public:
  UPlacer(const ModelDescription& model, const Indices& flow, const QRectF& area,
          const QFontMetricsF& font)
      : model_(model), flow_(flow), area_(area), font_(font), gap_(0.6 * font.height()) {
    sortIntoRows();
  }

  void place(SharingPlaces& places) const {
    const double height =
        (area_.height() - gap_ * static_cast<double>(rows_.size() - 1)) / double(rows_.size());
    double top = area_.top();
    for (const Row& row : rows_) {
      placeRow(row, top, height, places);
      top += height + gap_;
    }
    for (std::size_t i = 0; i + 1 < flow_.size(); ++i) {
      places.flow.append(arrow(places.blocks[flow_[i]].frame, places.blocks[flow_[i + 1]].frame));
    }
  }

 private:
  int levelOf(std::size_t i) const { return model_.blocks[flow_[i]].level; }

  void sortIntoRows() {
    int deepest = 0;
    for (std::size_t i = 0; i < flow_.size(); ++i) deepest = std::max(deepest, levelOf(i));
    rows_.resize(static_cast<std::size_t>(deepest) + 1);
    std::size_t first = 0;
    while (levelOf(first) != deepest) ++first;
    std::size_t last = flow_.size() - 1;
    while (levelOf(last) != deepest) --last;
    for (std::size_t i = 0; i < flow_.size(); ++i) {
      Row& row = rows_[static_cast<std::size_t>(levelOf(i))];
      (i < first ? row.down : i > last ? row.up : row.bottom).push_back(flow_[i]);
    }
    hasDown_ = first > 0;
    hasUp_ = last + 1 < flow_.size();
  }

  void placeRow(const Row& row, double top, double height, SharingPlaces& places) const {
    const QRectF all(area_.left(), top, area_.width(), height);
    const double half = (all.width() - 2 * gap_) / 2;
    spread(row.down, hasUp_ ? QRectF(all.left(), top, half, height) : all, places);
    spread(row.up, hasDown_ ? QRectF(all.right() - half, top, half, height) : all, places);
    const double inset = hasDown_ && hasUp_ ? all.width() / 5 : 0;
    spread(row.bottom, all.adjusted(inset, 0, -inset, 0), places);
    if (!row.down.empty() && !row.up.empty()) {
      const QRectF from = places.blocks[row.down.back()].frame;
      const QRectF to = places.blocks[row.up.front()].frame;
      places.skips.append(QLineF(from.right(), from.center().y(), to.left(), to.center().y()));
    }
  }

  /// Room by what has to be written.
  double weight(const BlockDescription& block) const {
    const double cells = block.perModalityParameters > 0
                             ? font_.height() * 1.1 * static_cast<double>(model_.schema.size())
                             : 0;
    return std::max(widestWord(block.name, font_), cells) + font_.height();
  }

  void spread(const Indices& blocks, const QRectF& strip, SharingPlaces& places) const {
    if (blocks.empty()) return;
    double sum = 0;
    for (const std::size_t i : blocks) sum += weight(model_.blocks[i]);
    const double room = strip.width() - gap_ * static_cast<double>(blocks.size() - 1);
    double left = strip.left();
    for (const std::size_t i : blocks) {
      const double width = room * weight(model_.blocks[i]) / sum;
      fill(model_.blocks[i], QRectF(left, strip.top(), width, strip.height()), places.blocks[i]);
      left += width + gap_;
    }
  }

  void fill(const BlockDescription& block, const QRectF& frame, BlockPlace& place) const {
    place.frame = frame;
    const bool own = block.perModalityParameters > 0;
    const double split = frame.top() + (own ? 0.52 * frame.height() : frame.height());
    if (block.sharedParameters > 0) place.shared = {frame.topLeft(), QPointF(frame.right(), split)};
    if (!own) return;
    const double count = static_cast<double>(model_.schema.size());
    const double width = frame.width() / count;
    for (double m = 0; m < count; ++m) {
      place.cells.emplace_back(frame.left() + m * width, split, width, frame.bottom() - split);
    }
  }

  /// Straight across within a row; up or down where the two lie above each other.
  QLineF arrow(const QRectF& from, const QRectF& to) const {
    if (from.top() == to.top()) {
      return {from.right(), from.center().y(), to.left(), to.center().y()};
    }
    const bool down = to.top() > from.top();
    const double left = std::max(from.left(), to.left());
    const double right = std::min(from.right(), to.right());
    const double x = (left + right) / 2;
    const bool above = left < right;
    return {above ? x : from.center().x(), down ? from.bottom() : from.top(),
            above ? x : to.center().x(), down ? to.top() : to.bottom()};
  }

  const ModelDescription& model_;
  const Indices& flow_;
  QRectF area_;
  QFontMetricsF font_;
  double gap_;
  std::vector<Row> rows_;
  bool hasDown_ = false;
  bool hasUp_ = false;
};

/// As many columns as make the cells about three times as wide as high.
int columnsFor(std::size_t count, const QSizeF& area) {
  const double wide = std::sqrt(static_cast<double>(count) * area.width() / (3 * area.height()));
  return std::clamp(static_cast<int>(std::lround(wide)), 1, static_cast<int>(count));
}

void placeNetworks(const ModelDescription& model, const Indices& networks, const QRectF& area,
                   SharingPlaces& places) {
  const int columns = columnsFor(networks.size(), area.size());
  const int rows = (static_cast<int>(networks.size()) + columns - 1) / columns;
  const QSizeF step(area.width() / columns, area.height() / rows);
  const double gap = std::min(6.0, 0.15 * std::min(step.width(), step.height()));
  for (std::size_t i = 0; i < networks.size(); ++i) {
    const int n = static_cast<int>(i);
    const QRectF frame(area.left() + n % columns * step.width(),
                       area.top() + n / columns * step.height(), step.width() - gap,
                       step.height() - gap);
    BlockPlace& place = places.blocks[networks[i]];
    place.frame = frame;
    const QRectF inside = frame.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2);
    const double width = inside.width() / static_cast<double>(model.schema.size());
    for (std::size_t m = 0; m < model.schema.size(); ++m) {
      place.cells.emplace_back(inside.left() + static_cast<double>(m) * width, inside.top(), width,
                               inside.height());
    }
  }
}

}  // namespace

SharingPlaces placeSharing(const ModelDescription& model, const QRectF& area,
                           const QFontMetricsF& font) {
  SharingPlaces places;
  places.blocks.resize(model.blocks.size());
  Indices flow, networks;
  for (std::size_t i = 0; i < model.blocks.size(); ++i) {
    (model.blocks[i].onlyFor ? networks : flow).push_back(i);
  }
  QRectF upper = area, lower = area;
  if (!flow.empty() && !networks.empty()) {
    upper.setHeight(0.55 * area.height());
    lower.setTop(area.top() + 0.6 * area.height());
  }
  if (!flow.empty()) UPlacer(model, flow, upper, font).place(places);
  if (!networks.empty()) placeNetworks(model, networks, lower, places);
  return places;
}

}  // namespace modascope
