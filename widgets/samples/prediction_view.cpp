#include "widgets/samples/prediction_view.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/problem/task_facts.h"
#include "widgets/bridge/number_words.h"
#include "widgets/bridge/subset_dots.h"

namespace modascope {
namespace {

constexpr int kBars = 5, kMostBars = 10;
constexpr int kMostRows = 8;   ///< of subsets above an axis
constexpr QSizeF kGap(8, 4);   ///< between them
constexpr double kClear = 12;  ///< between them and the axis

}  // namespace

QString differenceWords(const Problem& problem, const SampleTruth& truth,
                        const std::vector<double>& kept, const std::vector<double>& now) {
  if (factsOf(problem.task).isNumber()) {
    const auto distance = [&](double value) {
      return QString::number(std::abs(value - truth.truth), 'f', 2);
    };
    return PredictionView::tr("Δ %1; %2 from the truth, instead of %3")
        .arg(signedDifference(now.front() - kept.front(), 2), distance(now.front()),
             distance(kept.front()));
  }
  const auto name = [&](std::size_t k) { return QString::fromStdString(problem.outputs.at(k)); };
  const auto k = static_cast<std::size_t>(truth.truth);
  const QString change =
      PredictionView::tr("Δ %1 points for the true class %2 (%3 % instead of %4 %)")
          .arg(signedDifference(100 * (now.at(k) - kept.at(k)), 0), name(k))
          .arg(std::lround(100 * now.at(k)))
          .arg(std::lround(100 * kept.at(k)));
  const std::size_t before = classOf(kept), after = classOf(now);
  if (before == after) return change;
  return PredictionView::tr("%1; predicted %2 instead of %3")
      .arg(change, name(after), name(before));
}

PredictionView::PredictionView(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
  setMouseTracking(true);
  setAccessibleName(tr("Prediction"));
}

void PredictionView::setTruth(const Problem& problem, const SampleTruth& truth) {
  problem_ = problem;
  truth_ = truth;
  updateGeometry();
  describe();
}

void PredictionView::setOutputs(std::shared_ptr<const SubsetOutputs> outputs) {
  outputs_ = std::move(outputs);
  describe();
}

void PredictionView::setShown(ModalitySet set) {
  set_ = set;
  describe();
}

void PredictionView::clear() {
  truth_.reset();
  outputs_.reset();
  describe();
}

void PredictionView::describe() {
  setAccessibleDescription(words());
  update();
}

const std::vector<double>* PredictionView::shown() const {
  return outputs_ ? outputs_->of(set_) : nullptr;
}

bool PredictionView::saysNumber() const {
  return problem_ && factsOf(problem_->task).isNumber();
}

bool PredictionView::isSentiment() const {
  return problem_->outputs.front() == "sentiment";
}

QString PredictionView::signWords(double value) const {
  if (!isSentiment()) return {};
  return value < 0 ? tr(" (negative)") : value > 0 ? tr(" (positive)") : tr(" (neutral)");
}

QString PredictionView::nameOf(std::size_t k) const {
  return QString::fromStdString(problem_->outputs.at(k));
}

QString PredictionView::words() const {
  const auto* values = shown();
  if (!truth_) return {};
  const QString truth = saysNumber() ? signedNumber(truth_->truth, 2) + signWords(truth_->truth)
                                     : nameOf(static_cast<std::size_t>(truth_->truth));
  if (values == nullptr) return tr("No prediction; truly %1").arg(truth);
  if (saysNumber())
    return tr("%1%2, truly %3")
        .arg(signedNumber(values->front(), 2), signWords(values->front()), truth);
  const std::size_t k = classOf(*values);
  return tr("%1 with %2 %, truly %3")
      .arg(nameOf(k))
      .arg(std::lround(100 * (*values)[k]))
      .arg(truth);
}

std::vector<std::size_t> PredictionView::classes() const {
  const auto* values = shown();
  if (values == nullptr || saysNumber()) return {};
  std::vector<std::size_t> order(values->size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return (*values)[a] > (*values)[b]; });
  const auto truth = static_cast<std::size_t>(truth_->truth);
  const auto bars = static_cast<std::size_t>(barsIn(height()));
  const auto count = static_cast<std::ptrdiff_t>(std::min(order.size(), bars));
  const bool among =
      std::find(order.begin(), order.begin() + count, truth) != order.begin() + count;
  order.resize(static_cast<std::size_t>(count));
  if (!among) order.back() = truth;
  return order;
}

/// `rows` of bars, or of subsets above the axis.
int PredictionView::heightWith(int rows) const {
  const int line = fontMetrics().height();
  if (saysNumber()) return 6 * line + 24 + rows * static_cast<int>(kSubsetDot + kGap.height());
  return 2 * line + rows * (line + 8);
}

int PredictionView::barsIn(int height) const {
  const int line = fontMetrics().height();
  return std::clamp((height - 2 * line) / (line + 8), kBars, kMostBars);
}

/// As high for every sample of the same data.
QSize PredictionView::sizeHint() const {
  if (!problem_) return {360, heightWith(0)};
  const auto subsets = problem_->schema.size() > 1 ? (1 << problem_->schema.size()) - 1 : 0;
  const int rows = saysNumber() ? std::min(kMostRows, (subsets + 1) / 2)
                                : std::min(kMostBars, static_cast<int>(problem_->outputs.size()));
  return {360, heightWith(rows)};
}

QSize PredictionView::minimumSizeHint() const {
  if (!problem_ || saysNumber()) return {260, heightWith(0)};
  return {260, heightWith(std::min(kBars, static_cast<int>(problem_->outputs.size())))};
}

double PredictionView::axisY() const {
  return height() - 2.0 * fontMetrics().height() - 8;
}

std::vector<StackedSubset> PredictionView::marks() const {
  if (!outputs_ || !truth_ || !saysNumber() || outputs_->each.size() < 2) return {};
  const QSizeF mark(subsetWidth(kSubsetDot, problem_->schema) + kGap.width(),
                    kSubsetDot + kGap.height());
  const double floor = axisY() - kClear;
  const double rows = (floor - 2.0 * fontMetrics().height() - 14) / mark.height();
  return stacked(*outputs_, {floor, static_cast<std::size_t>(std::max(0.0, rows)), mark,
                             [this](double value) { return placeOf(value); }});
}

const StackedSubset* PredictionView::markAt(const std::vector<StackedSubset>& marks,
                                            const QPointF& at) const {
  const auto found = std::find_if(marks.begin(), marks.end(), [&](const StackedSubset& mark) {
    return mark.place.contains(at);
  });
  return found == marks.end() ? nullptr : &*found;
}

QString PredictionView::wordsOf(const StackedSubset& mark) const {
  return QString("%1: %2%3")
      .arg(QString::fromStdString(labelOf(problem_->schema, mark.set)), signedNumber(mark.value, 2),
           signWords(mark.value));
}

bool PredictionView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const auto all = marks();
  const StackedSubset* mark = markAt(all, help->pos());
  QToolTip::showText(help->globalPos(), mark == nullptr ? QString() : wordsOf(*mark), this);
  return true;
}

void PredictionView::mouseMoveEvent(QMouseEvent* event) {
  const auto all = marks();
  setCursor(markAt(all, event->position()) == nullptr ? Qt::ArrowCursor : Qt::PointingHandCursor);
}

void PredictionView::mousePressEvent(QMouseEvent* event) {
  const auto all = marks();
  if (const StackedSubset* mark = markAt(all, event->position())) Q_EMIT chosen(mark->set);
}

}  // namespace modascope
