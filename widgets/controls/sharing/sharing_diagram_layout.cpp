#include "widgets/controls/sharing/sharing_diagram_layout.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

using Indices = std::vector<std::size_t>;

/// Blocks that data reach at the same time: one, or several beside each other.
using Stage = Indices;
using Stages = std::vector<Stage>;

/// One level of the U.
struct Row {
  Stages down, bottom, up;
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
    sortIntoStages();
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
    for (std::size_t i = 0; i + 1 < stages_.size(); ++i)
      for (const std::size_t from : stages_[i])
        for (const std::size_t to : stages_[i + 1])
          if (feeds(from, to))
            places.flow.append(arrow(places.blocks[from].frame, places.blocks[to].frame));
  }

 private:
  const BlockDescription& block(std::size_t i) const { return model_.blocks[flow_[i]]; }
  int levelOf(const Stage& stage) const { return model_.blocks[stage.front()].level; }

  /// A modality's own branch goes on as its own.
  bool feeds(std::size_t from, std::size_t to) const {
    const auto& a = model_.blocks[from].owner;
    const auto& b = model_.blocks[to].owner;
    return !a || !b || *a == *b;
  }

  /// Blocks of different modalities are branches beside each other, and so are the encoders whose
  /// outputs a fusion of their level takes together.
  bool besideNext(std::size_t i) const {
    if (i + 1 >= flow_.size() || block(i).level != block(i + 1).level) return false;
    if (block(i).owner && block(i + 1).owner) return *block(i).owner != *block(i + 1).owner;
    const auto isEncoder = [this](std::size_t j) { return block(j).kind == "encoder"; };
    std::size_t last = i;
    while (last + 1 < flow_.size() && isEncoder(last + 1)) ++last;
    const bool fused = last + 1 < flow_.size() && block(last + 1).kind == "fusion" &&
                       block(last + 1).level == block(i).level;
    return !model_.branchPerModality && isEncoder(i) && isEncoder(i + 1) && fused &&
           block(last).level == block(i).level;
  }

  void sortIntoStages() {
    bool beside = false;
    for (std::size_t i = 0; i < flow_.size(); ++i) {
      if (!beside) stages_.emplace_back();
      stages_.back().push_back(flow_[i]);
      beside = besideNext(i);
    }
  }

  void sortIntoRows() {
    int deepest = 0, highest = levelOf(stages_.front());
    for (const Stage& stage : stages_) {
      deepest = std::max(deepest, levelOf(stage));
      highest = std::min(highest, levelOf(stage));
    }
    rows_.resize(static_cast<std::size_t>(deepest - highest) + 1);
    std::size_t first = 0;
    while (levelOf(stages_[first]) != deepest) ++first;
    std::size_t last = stages_.size() - 1;
    while (levelOf(stages_[last]) != deepest) --last;
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      Row& row = rows_[static_cast<std::size_t>(levelOf(stages_[i]) - highest)];
      (i < first ? row.down : i > last ? row.up : row.bottom).push_back(stages_[i]);
    }
    hasDown_ = first > 0;
    hasUp_ = last + 1 < stages_.size();
  }

  void placeRow(const Row& row, double top, double height, SharingPlaces& places) const {
    const QRectF all(area_.left(), top, area_.width(), height);
    const double half = (all.width() - 2 * gap_) / 2;
    spread(row.down, hasUp_ ? QRectF(all.left(), top, half, height) : all, places);
    spread(row.up, hasDown_ ? QRectF(all.right() - half, top, half, height) : all, places);
    const double inset = hasDown_ && hasUp_ ? all.width() / 5 : 0;
    spread(row.bottom, all.adjusted(inset, 0, -inset, 0), places);
    if (!row.down.empty() && !row.up.empty()) {
      const QRectF from = places.blocks[row.down.back().front()].frame;
      const QRectF to = places.blocks[row.up.front().front()].frame;
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

  double weight(const Stage& stage) const {
    double most = 0;
    for (const std::size_t i : stage) most = std::max(most, weight(model_.blocks[i]));
    return most;
  }

  void spread(const Stages& stages, const QRectF& strip, SharingPlaces& places) const {
    if (stages.empty()) return;
    double sum = 0;
    for (const Stage& stage : stages) sum += weight(stage);
    const double room = strip.width() - gap_ * static_cast<double>(stages.size() - 1);
    double left = strip.left();
    for (const Stage& stage : stages) {
      const double width = room * weight(stage) / sum;
      stack(stage, QRectF(left, strip.top(), width, strip.height()), places);
      left += width + gap_;
    }
  }

  /// Branches lie above each other.
  void stack(const Stage& stage, const QRectF& room, SharingPlaces& places) const {
    const auto count = static_cast<double>(stage.size());
    const double gap = std::min(gap_, 0.15 * room.height() / count);
    const double height = (room.height() - gap * (count - 1)) / count;
    double top = room.top();
    for (const std::size_t i : stage) {
      fill(model_.blocks[i], QRectF(room.left(), top, room.width(), height), places.blocks[i]);
      top += height + gap;
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

  /// From side to side where one lies beside the other; up or down where they lie above each other.
  QLineF arrow(const QRectF& from, const QRectF& to) const {
    if (from.right() <= to.left() && overlap(from, to))
      return {from.right(), from.center().y(), to.left(), to.center().y()};
    const bool down = to.top() > from.top();
    const double left = std::max(from.left(), to.left());
    const double right = std::min(from.right(), to.right());
    const double x = (left + right) / 2;
    const bool above = left < right;
    return {above ? x : from.center().x(), down ? from.bottom() : from.top(),
            above ? x : to.center().x(), down ? to.top() : to.bottom()};
  }

  /// Whether they are of one row.
  static bool overlap(const QRectF& a, const QRectF& b) {
    return a.top() < b.bottom() && b.top() < a.bottom();
  }

  const ModelDescription& model_;
  const Indices& flow_;
  QRectF area_;
  QFontMetricsF font_;
  double gap_;
  Stages stages_;  ///< in the order of flow
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
    const int row = n / columns, column = n % columns;
    const QRectF frame(area.left() + column * step.width(), area.top() + row * step.height(),
                       step.width() - gap, step.height() - gap);
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

QRectF titleOf(const BlockPlace& place) {
  if (!place.shared.isNull()) return place.shared;
  if (place.cells.empty()) return place.frame;
  return {place.frame.topLeft(), QPointF(place.frame.right(), place.cells.front().top())};
}

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
