#include "widgets/tables/dominance_panel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include "widgets/bridge/palette.h"
#include "widgets/tables/dominance_rows.h"
#include "widgets/tables/share_table.h"

namespace modascope {

DominancePanel::DominancePanel(QWidget* parent)
    : QWidget(parent),
      region_(new QComboBox(this)),
      place_(new QComboBox(this)),
      layer_(new QComboBox(this)),
      ask_(new QPushButton(tr("Explain"), this)),
      view_(new QComboBox(this)),
      rows_(new DominanceRows(this)),
      shares_(new QLabel(this)),
      words_(new QLabel(this)) {
  region_->setAccessibleName(tr("Region to explain"));
  place_->addItem(tr("as predicted"), static_cast<int>(DominancePlace::AsPredicted));
  place_->addItem(tr("%1 mm around crosshair").arg(kRadiusMm),
                  static_cast<int>(DominancePlace::AroundCrosshair));
  place_->setAccessibleName(tr("Where the region is explained"));
  layer_->setAccessibleName(tr("Layer of the network"));
  layer_->setEnabled(false);
  view_->addItem(tr("Slices show the segmentation"), static_cast<int>(MapView::Segmentation));
  view_->addItem(tr("Slices show each modality's attribution"),
                 static_cast<int>(MapView::EachModality));
  view_->addItem(tr("Slices show the strongest modality"), static_cast<int>(MapView::Strongest));
  view_->setAccessibleName(tr("What lies over the slices"));
  for (QComboBox* box : {place_, layer_, view_}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
  }
  shares_->setTextFormat(Qt::RichText);
  shares_->setAccessibleName(tr("Attribution share in each region"));
  words_->setWordWrap(true);
  words_->setTextFormat(Qt::PlainText);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(4, 4, 4, 4);
  column->addWidget(makeQuestion());
  column->addWidget(rows_);
  column->addWidget(shares_);
  column->addWidget(words_);
  column->addWidget(view_);
  column->addStretch(1);
  connect(ask_, &QPushButton::clicked, this, [this] { busy_ ? Q_EMIT stopped() : Q_EMIT asked(); });
  connect(view_, &QComboBox::activated, this, [this] {
    wanted_ = mapView();
    Q_EMIT mapViewChanged();
  });
  connect(region_, &QComboBox::activated, this, [this] {
    chosen_ = true;
    showReadiness();
  });
  connect(place_, &QComboBox::currentIndexChanged, this, &DominancePanel::offerRegions);
  setReady(false);
  clear();
}

QWidget* DominancePanel::makeQuestion() {
  auto* bar = new QWidget(this);
  auto* grid = new QGridLayout(bar);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->addWidget(region_, 0, 0);
  grid->addWidget(place_, 0, 1);
  grid->addWidget(new QLabel(tr("at"), bar), 1, 0, Qt::AlignRight);
  grid->addWidget(layer_, 1, 1);
  grid->addWidget(ask_, 0, 2, 2, 1, Qt::AlignBottom);
  grid->setColumnStretch(1, 1);
  return bar;
}

void DominancePanel::setLayers(const std::vector<std::string>& layers, const std::string& chosen) {
  if (layers == layers_) return;
  layers_ = layers;
  layer_->clear();
  for (const std::string& layer : layers) layer_->addItem(QString::fromStdString(layer));
  layer_->setCurrentText(QString::fromStdString(chosen));
  layer_->setEnabled(!layers.empty());
}

void DominancePanel::setReady(bool ready, const QString& why) {
  ready_ = ready;
  why_ = why;
  if (!ready) predicted_.reset();
  offerRegions();
}

void DominancePanel::setRegions(const RegionSchema& regions) {
  if (regions == regions_) return;
  regions_ = regions;
  region_->clear();
  for (const Region& region : regions_) region_->addItem(regionName(region));
  region_->setCurrentIndex(region_->count() - 1);
  chosen_ = false;
  predicted_.reset();
  offerRegions();
}

void DominancePanel::setPredicted(const std::vector<double>& ml) {
  predicted_ = ml;
  offerRegions();
}

/// A ball around the crosshair has voxels whatever was predicted there.
bool DominancePanel::isPredicted(const Region& region) const {
  return place() == DominancePlace::AroundCrosshair || !predicted_ ||
         predicted_->at(region.place) > 0;
}

bool DominancePanel::canBeAsked() const {
  return ready_ && !regions_.empty() && isPredicted(region());
}

void DominancePanel::offerRegions() {
  auto* items = qobject_cast<QStandardItemModel*>(region_->model());
  int innermost = -1;
  for (const Region& region : regions_) {
    const int row = static_cast<int>(region.place);
    const bool there = isPredicted(region);
    items->item(row)->setEnabled(there);
    items->item(row)->setToolTip(there ? QString()
                                       : tr("Nothing is predicted as %1").arg(regionName(region)));
    if (there) innermost = row;
  }
  if (!chosen_ && innermost >= 0) region_->setCurrentIndex(innermost);
  showReadiness();
}

QString DominancePanel::whyNot() const {
  if (ready_ && !regions_.empty() && !canBeAsked())
    return tr("Nothing is predicted as %1 from the modalities on show, so there is nothing to "
              "explain. Choose another region, or ask around the crosshair.")
        .arg(regionName(region()));
  return why_;
}

void DominancePanel::showReadiness() {
  const QString why = whyNot();
  ask_->setEnabled(busy_ || canBeAsked());
  ask_->setToolTip(why.isEmpty()
                       ? tr("Which modality speaks for this region, and what its removal costs")
                       : why);
  if (!busy_) say();
}

void DominancePanel::setBusy(const QString& words) {
  busy_ = true;
  ask_->setText(tr("Stop"));
  ask_->setEnabled(true);
  words_->setText(words);
}

void DominancePanel::setIdle() {
  busy_ = false;
  ask_->setText(tr("Explain"));
  showReadiness();
}

void DominancePanel::setAttribution(std::shared_ptr<const Attribution> attribution) {
  attribution_ = std::move(attribution);
  showView();
  setIdle();
}

void DominancePanel::clear() {
  attribution_.reset();
  showView();
  setIdle();
}

void DominancePanel::showView() {
  const bool mapped = attribution_ && !attribution_->maps.empty();
  view_->setEnabled(mapped);
  view_->setCurrentIndex(
      view_->findData(static_cast<int>(mapped ? wanted_ : MapView::Segmentation)));
}

void DominancePanel::say() {
  rows_->setAttribution(attribution_);
  const QString table = attribution_ ? shareTable(*attribution_) : QString();
  shares_->setText(table);
  shares_->setVisible(!table.isEmpty());
  if (!attribution_ && !whyNot().isEmpty()) return words_->setText(whyNot());
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
  const QString where =
      attribution_->picked
          ? tr(" in the %1 mL around the place picked").arg(attribution_->ml, 0, 'f', 1)
          : QString();
  const QString layer = attribution_->layer.empty()
                            ? QString()
                            : tr(" at layer %1").arg(QString::fromStdString(attribution_->layer));
  words << tr("Attribution of %1%2%3, from %4; removal in %5.")
               .arg(regionName(attribution_->region), where, layer,
                    QString::fromStdString(labelOf(attribution_->schema, attribution_->set)),
                    QString::fromStdString(wordsOf(attribution_->removals.measure)));
  words_->setText(words.join(u' '));
}

MapView DominancePanel::mapView() const {
  return static_cast<MapView>(view_->currentData().toInt());
}

const Region& DominancePanel::region() const {
  return regions_[static_cast<std::size_t>(region_->currentIndex())];
}

DominancePlace DominancePanel::place() const {
  return static_cast<DominancePlace>(place_->currentData().toInt());
}

std::string DominancePanel::layer() const {
  return layer_->currentText().toStdString();
}

}  // namespace modascope
