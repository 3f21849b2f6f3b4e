#include "widgets/plots/dominance_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/plots/dominance_rows.h"

namespace modascope {
namespace {

QString labelled(Region region) {
  return QString::fromUtf8(labelOf(region).data(), static_cast<int>(labelOf(region).size()));
}

}  // namespace

DominancePanel::DominancePanel(QWidget* parent)
    : QWidget(parent),
      region_(new QComboBox(this)),
      layer_(new QComboBox(this)),
      ask_(new QPushButton(tr("Explain"), this)),
      view_(new QComboBox(this)),
      rows_(new DominanceRows(this)),
      words_(new QLabel(this)) {
  for (const Region region : kRegions) region_->addItem(labelled(region), static_cast<int>(region));
  region_->setCurrentIndex(region_->count() - 1);
  region_->setAccessibleName(tr("Region to explain"));
  layer_->setAccessibleName(tr("Layer of the network"));
  ask_->setToolTip(tr("Which modality speaks for this region, and what its removal costs"));
  view_->addItem(tr("Slices show the segmentation"), static_cast<int>(MapView::Segmentation));
  view_->addItem(tr("Slices show each modality's attribution"),
                 static_cast<int>(MapView::EachModality));
  view_->addItem(tr("Slices show the strongest modality"), static_cast<int>(MapView::Strongest));
  view_->setAccessibleName(tr("What lies over the slices"));
  words_->setWordWrap(true);
  words_->setTextFormat(Qt::PlainText);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(4, 4, 4, 4);
  column->addWidget(makeQuestion());
  column->addWidget(rows_);
  column->addWidget(words_);
  column->addWidget(view_);
  column->addStretch(1);
  connect(ask_, &QPushButton::clicked, this, &DominancePanel::asked);
  connect(view_, &QComboBox::activated, this, &DominancePanel::mapViewChanged);
  setReady(false);
  clear();
}

QWidget* DominancePanel::makeQuestion() {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(region_);
  row->addWidget(new QLabel(tr("at"), bar));
  row->addWidget(layer_, 1);
  row->addWidget(ask_);
  return bar;
}

void DominancePanel::setLayers(const std::vector<std::string>& layers, const std::string& chosen) {
  layer_->clear();
  for (const std::string& layer : layers) layer_->addItem(QString::fromStdString(layer));
  layer_->setCurrentText(QString::fromStdString(chosen));
  layer_->setEnabled(!layers.empty());
}

void DominancePanel::setReady(bool ready) {
  ask_->setEnabled(ready);
}

void DominancePanel::setBusy(const QString& words) {
  words_->setText(words);
}

void DominancePanel::setAttribution(std::shared_ptr<const Attribution> attribution) {
  attribution_ = std::move(attribution);
  const bool mapped = !attribution_->maps.empty();
  view_->setEnabled(mapped);
  if (mapped && mapView() == MapView::Segmentation)
    view_->setCurrentIndex(view_->findData(static_cast<int>(MapView::EachModality)));
  say();
}

void DominancePanel::clear() {
  attribution_.reset();
  view_->setEnabled(false);
  view_->setCurrentIndex(0);
  say();
}

void DominancePanel::say() {
  rows_->setAttribution(attribution_);
  if (!attribution_) {
    words_->setText(
        tr("Explain shows which modality speaks for the region (Grad-CAM, one scale for "
           "all modalities) and what Dice loses when it is removed."));
    return;
  }
  QStringList words;
  if (!attribution_->noMaps.empty())
    words << QString::fromStdString(attribution_->noMaps);
  else if (attribution_->scale <= 0)
    words << tr("No positive evidence: no modality's map is above zero.");
  if (const auto warning = disagreement(*attribution_))
    words << tr("⚠ %1").arg(QString::fromStdString(*warning));
  words << tr("Attribution of %1, from %2; removal in %3.")
               .arg(labelled(attribution_->region),
                    QString::fromStdString(labelOf(attribution_->schema, attribution_->set)),
                    QString::fromStdString(wordsOf(attribution_->removals.measure)));
  words_->setText(words.join(u' '));
}

MapView DominancePanel::mapView() const {
  return static_cast<MapView>(view_->currentData().toInt());
}

Region DominancePanel::region() const {
  return static_cast<Region>(region_->currentData().toInt());
}

std::string DominancePanel::layer() const {
  return layer_->currentText().toStdString();
}

}  // namespace modascope
