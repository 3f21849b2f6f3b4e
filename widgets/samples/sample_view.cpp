#include "widgets/samples/sample_view.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QTextEdit>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/bridge/palette.h"
#include "widgets/samples/feature_scale.h"
#include "widgets/samples/feature_strip.h"

namespace modascope {
namespace {

constexpr int kTextLines = 4;
constexpr int kAllRoom = 1000;
constexpr int kAbreast = 2;  ///< modalities that look like pictures

bool isSquarish(const InputShape& shape) {
  return shape.steps > 1 && shape.width <= 4 * shape.steps;
}

QString shapeWords(const InputShape& shape) {
  if (shape.steps == 1) return SampleView::tr("%1 numbers").arg(shape.width);
  return SampleView::tr("%1 steps × %2").arg(shape.steps).arg(shape.width);
}

}  // namespace

SampleView::SampleView(QWidget* parent)
    : QWidget(parent),
      text_(new QTextEdit(this)),
      scroll_(new QScrollArea(this)),
      prediction_(new PredictionView(this)),
      keptPrediction_(new PredictionView(this)),
      name_(new QLabel(this)),
      keptName_(new QLabel(this)),
      difference_(new QLabel(this)),
      remark_(new QLabel(this)) {
  makeText();
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  remark_->setWordWrap(true);
  connect(prediction_, &PredictionView::chosen, this, &SampleView::chosen);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(text_);
  column->addWidget(scroll_, kAllRoom);
  column->addWidget(new FeatureScale(this));
  column->addWidget(makePredictions());
  column->addWidget(difference_);
  column->addWidget(remark_);
  column->addStretch(1);  // of what the strips cannot use
  clear();
}

/// The kept one at the left, as with slices and pictures.
QWidget* SampleView::makePredictions() {
  auto* both = new QWidget(this);
  auto* parts = new QHBoxLayout(both);
  parts->setContentsMargins(0, 0, 0, 0);
  for (const auto& [name, view] :
       {std::pair(keptName_, keptPrediction_), std::pair(name_, prediction_)}) {
    auto* part = new QWidget(both);
    auto* rows = new QVBoxLayout(part);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    name->setTextFormat(Qt::PlainText);
    rows->addWidget(name);
    rows->addWidget(view);
    parts->addWidget(part, 1);
  }
  keptColumn_ = keptPrediction_->parentWidget();
  keptPrediction_->setAccessibleName(tr("Kept prediction"));
  difference_->setTextFormat(Qt::PlainText);
  difference_->setWordWrap(true);
  both->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
  setKept(std::nullopt);
  return both;
}

void SampleView::makeText() {
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.4);
  text_->setFont(large);
  text_->setReadOnly(true);
  text_->setFrameShape(QFrame::NoFrame);
  text_->setAccessibleName(tr("What was said"));
}

/// As high as what was said, up to a few lines.
void SampleView::fitText() {
  const QFontMetrics metrics(text_->font());
  const QRect place(0, 0, std::max(200, width() - 30), 10000);
  const int height = metrics.boundingRect(place, Qt::TextWordWrap, text()).height();
  text_->setFixedHeight(std::min(height, kTextLines * metrics.lineSpacing()) + 14);
}

void SampleView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitText();
}

QString SampleView::text() const {
  return text_->toPlainText();
}

void SampleView::setSample(const SampleContent& sample) {
  const bool same = sample_ && sample.problem == sample_->problem && !rows_.empty();
  sample_ = sample;
  shown_ = sample.available;
  shares_.clear();
  if (!same) rebuild();
  for (const ModalityId id : sample.problem.schema.ids())
    strip(id)->setValues(sample.values[id.index()], sample.problem.inputs[id]);
  text_->setPlainText(QString::fromStdString(sample.text));
  text_->setVisible(!sample.text.empty());
  fitText();
  prediction_->setTruth(sample.problem, sample.truth);
  keptPrediction_->setTruth(sample.problem, sample.truth);
  setOutputs(nullptr);
  prediction_->setShown(shown_);
  showTitles();
  showStates();
}

/// An empty place for the strips.
void SampleView::renew() {
  rows_.clear();
  scroll_->setWidget(new QWidget(scroll_));  // the old one goes with all that is in it
  strips_ = new QGridLayout(scroll_->widget());
  strips_->setContentsMargins(0, 0, 6, 0);
  strips_->setVerticalSpacing(2);
}

void SampleView::rebuild() {
  renew();
  const auto& shapes = sample_->problem.inputs.shapes();
  const bool abreast = std::all_of(shapes.begin(), shapes.end(), isSquarish);
  for (const ModalityId id : sample_->problem.schema.ids()) {
    auto* parent = scroll_->widget();
    const Row row{new TileHeader(parent), new FeatureStrip(parent)};
    rows_.push_back(row);
    const int place = static_cast<int>(id.index());
    const int line = 2 * (abreast ? place / kAbreast : place);
    const int column = abreast ? place % kAbreast : 0;
    strips_->addWidget(row.header, line, column);
    strips_->addWidget(row.strip, line + 1, column);
    strips_->setColumnStretch(column, 1);
    if (shapes[id.index()].steps > 1) strips_->setRowStretch(line + 1, 1);
    connect(row.header, &QAbstractButton::clicked, this, [this, id] { Q_EMIT toggled(id); });
  }
  const bool fills = std::any_of(shapes.begin(), shapes.end(),
                                 [](const InputShape& shape) { return shape.steps > 1; });
  if (!fills) strips_->setRowStretch(strips_->rowCount(), 1);
  scroll_->setMaximumHeight(fills ? QWIDGETSIZE_MAX : scroll_->widget()->sizeHint().height());
}

void SampleView::setOutputs(std::shared_ptr<const SubsetOutputs> outputs) {
  outputs_ = outputs;
  prediction_->setOutputs(std::move(outputs));
  showDifference();
}

void SampleView::setKept(std::optional<KeptOutputs> kept) {
  kept_ = std::move(kept);
  keptColumn_->setVisible(kept_.has_value());
  name_->setVisible(kept_.has_value());
  keptPrediction_->setOutputs(kept_ ? kept_->outputs : nullptr);
  if (kept_) keptPrediction_->setShown(kept_->set);
  showDifference();
}

void SampleView::nameBoth(const QString& now, const QString& kept) {
  name_->setText(now);
  keptName_->setText(kept);
}

QString SampleView::difference() const {
  return difference_->isHidden() ? QString() : difference_->text();
}

void SampleView::showDifference() {
  const auto* now = outputs_ ? outputs_->of(shown_) : nullptr;
  const auto* before = kept_ ? kept_->outputs->of(kept_->set) : nullptr;
  const bool both = sample_ && now != nullptr && before != nullptr;
  if (both) difference_->setText(differenceWords(sample_->problem, sample_->truth, *before, *now));
  difference_->setVisible(both);
}

void SampleView::setShown(ModalitySet set, const QString& instead) {
  shown_ = set;
  instead_ = instead;
  prediction_->setShown(set);
  showDifference();
  showTitles();
  showStates();
}

void SampleView::setStandIns(const std::vector<std::vector<float>>& values) {
  for (std::size_t i = 0; i < rows_.size(); ++i)
    rows_[i].strip->setStandIn(i < values.size() ? values[i] : std::vector<float>());
}

void SampleView::setShares(const std::vector<double>& shares) {
  shares_ = shares;
  showTitles();
}

void SampleView::setRemark(const QString& words) {
  remark_->setText(words);
  remark_->setVisible(!words.isEmpty());
}

void SampleView::clear() {
  renew();
  text_->clear();
  text_->hide();
  outputs_.reset();
  prediction_->clear();
  setKept(std::nullopt);
  setRemark({});
}

void SampleView::showTitles() {
  if (rows_.empty()) return;
  const auto& schema = sample_->problem.schema;
  const auto ids = sample_->available.ids();
  for (const ModalityId id : schema.ids()) {
    const auto place = std::find(ids.begin(), ids.end(), id) - ids.begin();
    const auto i = static_cast<std::size_t>(place);
    const QString note = i < shares_.size()
                             ? tr("Shapley share %1 %").arg(std::lround(100 * shares_[i]))
                             : QString();
    header(id)->setTitle({QString("%1  %2").arg(modalityLetter(schema, id),
                                                QString::fromStdString(schema.label(id))),
                          modalityColour(id), note, shapeWords(sample_->problem.inputs[id]),
                          instead_});
  }
}

void SampleView::showStates() {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const ModalityId id(i);
    const TileState state = !sample_->available.contains(id) ? TileState::Absent
                            : shown_.contains(id)            ? TileState::On
                                                             : TileState::LeftOut;
    rows_[i].header->setState(state);
    rows_[i].strip->setState(state);
  }
}

}  // namespace modascope
