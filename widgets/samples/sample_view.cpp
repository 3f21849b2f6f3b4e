#include "widgets/samples/sample_view.h"

#include <QGridLayout>
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
  column->addWidget(prediction_);
  column->addWidget(remark_);
  column->addStretch(1);  // of what the strips cannot use
  clear();
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
  const bool same = sample.problem == sample_.problem && !rows_.empty();
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
  prediction_->setOutputs(nullptr);
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
  const auto& shapes = sample_.problem.inputs.shapes();
  const bool abreast = std::all_of(shapes.begin(), shapes.end(), isSquarish);
  for (const ModalityId id : sample_.problem.schema.ids()) {
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
  prediction_->setOutputs(std::move(outputs));
}

void SampleView::setShown(ModalitySet set, const QString& instead) {
  shown_ = set;
  instead_ = instead;
  prediction_->setShown(set);
  showTitles();
  showStates();
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
  prediction_->clear();
  setRemark({});
}

void SampleView::showTitles() {
  if (rows_.empty()) return;
  const auto& schema = sample_.problem.schema;
  const auto ids = sample_.available.ids();
  for (const ModalityId id : schema.ids()) {
    const auto place = std::find(ids.begin(), ids.end(), id) - ids.begin();
    const auto i = static_cast<std::size_t>(place);
    const QString note = i < shares_.size()
                             ? tr("Shapley share %1 %").arg(std::lround(100 * shares_[i]))
                             : QString();
    header(id)->setTitle({QString("%1  %2").arg(modalityLetter(schema, id),
                                                QString::fromStdString(schema.label(id))),
                          modalityColour(id), note, shapeWords(sample_.problem.inputs[id]),
                          instead_});
  }
}

void SampleView::showStates() {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const ModalityId id(i);
    const TileState state = !sample_.available.contains(id) ? TileState::Absent
                            : shown_.contains(id)           ? TileState::On
                                                            : TileState::LeftOut;
    rows_[i].header->setState(state);
    rows_[i].strip->setState(state);
  }
}

}  // namespace modascope
