#include "widgets/samples/prediction_view.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace modascope {
namespace {

constexpr std::size_t kBars = 5;

}  // namespace

QString signedNumber(double value, int digits) {
  const QString number = QString::number(std::abs(value), 'f', digits);
  return value < 0 && number.toDouble() > 0 ? QChar(0x2212) + number : number;
}

PredictionView::PredictionView(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
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

bool PredictionView::isSentiment() const {
  return problem_.outputs.front() == "sentiment";
}

QString PredictionView::signWords(double value) const {
  if (!isSentiment()) return {};
  return value < 0 ? tr(" (negative)") : value > 0 ? tr(" (positive)") : tr(" (neutral)");
}

QString PredictionView::nameOf(std::size_t k) const {
  return QString::fromStdString(problem_.outputs.at(k));
}

QString PredictionView::words() const {
  const auto* values = shown();
  if (!truth_) return {};
  const bool classes = problem_.task == Task::Classification;
  const QString truth = classes ? nameOf(static_cast<std::size_t>(truth_->truth))
                                : signedNumber(truth_->truth, 2) + signWords(truth_->truth);
  if (values == nullptr) return tr("No prediction; truly %1").arg(truth);
  if (!classes)
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
  if (values == nullptr || problem_.task != Task::Classification) return {};
  std::vector<std::size_t> order(values->size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return (*values)[a] > (*values)[b]; });
  const auto truth = static_cast<std::size_t>(truth_->truth);
  const auto count = static_cast<std::ptrdiff_t>(std::min(order.size(), kBars));
  const bool among =
      std::find(order.begin(), order.begin() + count, truth) != order.begin() + count;
  order.resize(static_cast<std::size_t>(count));
  if (!among) order.back() = truth;
  return order;
}

QSize PredictionView::sizeHint() const {
  const int line = fontMetrics().height() + 8;
  const auto bars = std::min(kBars, problem_.outputs.size());
  const int rows = problem_.task == Task::Classification ? static_cast<int>(bars) : 4;
  return {360, fontMetrics().height() * 2 + rows * line};
}

QSize PredictionView::minimumSizeHint() const {
  return {260, sizeHint().height()};
}

}  // namespace modascope
