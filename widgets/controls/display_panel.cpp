#include "widgets/controls/display_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QStandardItemModel>
#include <algorithm>
#include <cmath>

#include "widgets/controls/display_swatch.h"
#include "widgets/controls/display_window_row.h"

namespace modascope {
namespace {

constexpr int kColumns = 5;

/// "Whole tumour"
QString fullNameOf(const Region& region) {
  QString name = QString::fromStdString(region.name);
  if (!name.isEmpty()) name[0] = name[0].toUpper();
  return name;
}

template <typename Widget, typename Value, typename Set>
void quietly(Widget* widget, Set set, Value value) {
  const QSignalBlocker quiet(widget);
  (widget->*set)(value);
}

int percentOf(double share) {
  return static_cast<int>(std::lround(100 * std::clamp(share, 0.0, 1.0)));
}

}  // namespace

DisplayPanel::DisplayPanel(QWidget* parent)
    : QWidget(parent), content_(new QWidget), grid_(new QGridLayout(content_)) {
  setAccessibleName(tr("How images are shown"));
  grid_->setContentsMargins(12, 8, 8, 12);
  grid_->setHorizontalSpacing(6);
  grid_->setVerticalSpacing(4);
  grid_->setColumnStretch(2, 1);
  grid_->setColumnStretch(3, 1);
  addWindows();
  addScene();
  addOverlay();
  grid_->setRowStretch(row_, 1);
  auto* scroll = new QScrollArea(this);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(scroll);
  offerSlicePlanes();
}

QSize DisplayPanel::sizeHint() const {
  return {390, content_->sizeHint().height()};
}

void DisplayPanel::addHeading(const QString& words) {
  auto* heading = new QLabel(words, content_);
  QFont bold = heading->font();
  bold.setBold(true);
  heading->setFont(bold);
  heading->setContentsMargins(0, row_ == 0 ? 0 : 14, 0, 2);
  grid_->addWidget(heading, row_++, 0, 1, kColumns);
}

void DisplayPanel::addWindows() {
  addHeading(tr("Intensity window"));
  int column = 2;
  for (const QString& words : {tr("from"), tr("to")}) {
    auto* label = new QLabel(words, content_);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setContentsMargins(0, 0, 20, 2);  // above the digits, which stand left of the arrows
    grid_->addWidget(label, 0, column++, Qt::AlignRight | Qt::AlignBottom);
  }
  for (std::size_t i = 0; i < ModalitySchema::kMost; ++i) {
    auto* row = new DisplayWindowRow(grid_, row_++, content_);
    row->setShown(false);
    const ModalityId id(i);
    connect(row, &DisplayWindowRow::chosen, this,
            [this, id](const IntensityWindow& window) { Q_EMIT windowChosen(id, window); });
    connect(row, &DisplayWindowRow::autoAsked, this, [this, id] { Q_EMIT autoWindow(id); });
    windows_.push_back(row);
  }
}

DisplayPanel::Opacity DisplayPanel::addOpacity(const QString& name) {
  Opacity opacity{new QSlider(Qt::Horizontal, content_), new QLabel(content_)};
  opacity.slider->setRange(0, 100);
  opacity.slider->setPageStep(10);
  opacity.slider->setValue(100);
  opacity.slider->setFocusPolicy(Qt::StrongFocus);
  opacity.slider->setAccessibleName(name);
  opacity.slider->setToolTip(name);
  opacity.slider->installEventFilter(this);
  opacity.words->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  grid_->addWidget(opacity.slider, row_, 2, 1, 2);
  grid_->addWidget(opacity.words, row_++, 4);
  connect(opacity.slider, &QSlider::valueChanged, this, [this, opacity] { sayOpacity(opacity); });
  sayOpacity(opacity);
  return opacity;
}

void DisplayPanel::sayOpacity(const Opacity& opacity) {
  opacity.words->setText(tr("%1 %").arg(opacity.slider->value()));
  opacity.slider->setAccessibleDescription(opacity.words->text());
}

void DisplayPanel::addRegion(std::size_t place) {
  visible_[place] = new QCheckBox(content_);
  visible_[place]->setChecked(true);
  grid_->addWidget(visible_[place], row_, 0, 1, 2);
  opacities_[place] = addOpacity({});
  connect(visible_[place], &QCheckBox::toggled, this, [this, place](bool visible) {
    opacities_[place].slider->setEnabled(visible);
    Q_EMIT regionVisibleChanged(regions_[place], visible);
  });
  connect(opacities_[place].slider, &QSlider::valueChanged, this, [this, place](int percent) {
    Q_EMIT regionOpacityChanged(regions_[place], percent / 100.0);
  });
}

void DisplayPanel::setRegions(const RegionSchema& regions) {
  regions_ = regions;
  for (std::size_t place = 0; place < visible_.size(); ++place) {
    const bool isThere = place < regions.size();
    for (QWidget* part : std::initializer_list<QWidget*>{visible_[place], opacities_[place].slider,
                                                         opacities_[place].words})
      part->setVisible(isThere);
    if (!isThere) continue;
    const Region& region = regions[place];
    visible_[place]->setText(regionName(region));
    visible_[place]->setAccessibleName(tr("%1 in the 3D view").arg(fullNameOf(region)));
    visible_[place]->setToolTip(fullNameOf(region));
    const QString opacity = tr("Opacity of %1 in the 3D view").arg(regionName(region));
    opacities_[place].slider->setAccessibleName(opacity);
    opacities_[place].slider->setToolTip(opacity);
    setRegionVisible(region, true);
  }
  setRegionColours(colours_);
}

void DisplayPanel::addScene() {
  addHeading(tr("3D view"));
  for (std::size_t place = 0; place < visible_.size(); ++place) addRegion(place);
  setRegions(regions_);
  head_ = new QCheckBox(tr("Outline of the body"), content_);
  head_->setAccessibleName(tr("Outline of the body in the 3D view"));
  head_->setChecked(true);
  grid_->addWidget(head_, row_++, 0, 1, kColumns);
  connect(head_, &QCheckBox::toggled, this, &DisplayPanel::headChanged);
  addSlicePlane();
}

void DisplayPanel::addSlicePlane() {
  auto* label = new QLabel(tr("Slice plane"), content_);
  slicePlane_ = new QComboBox(content_);
  slicePlane_->setAccessibleName(tr("Modality of the slice in the 3D view"));
  orientation_ = new QComboBox(content_);
  orientation_->setAccessibleName(tr("Orientation of the slice in the 3D view"));
  orientation_->addItems({tr("Axial"), tr("Coronal"), tr("Sagittal")});
  for (QComboBox* chooser : {slicePlane_, orientation_}) {
    chooser->setFocusPolicy(Qt::StrongFocus);
    chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    chooser->setMinimumContentsLength(4);
    chooser->installEventFilter(this);
  }
  label->setBuddy(slicePlane_);
  grid_->addWidget(label, row_, 0, 1, 2);
  grid_->addWidget(slicePlane_, row_, 2);
  grid_->addWidget(orientation_, row_++, 3, 1, 2);
  connect(slicePlane_, &QComboBox::currentIndexChanged, this, [this] {
    orientation_->setEnabled(slicePlane().has_value());
    Q_EMIT slicePlaneChanged(slicePlane());
  });
  connect(orientation_, &QComboBox::currentIndexChanged, this,
          [this] { Q_EMIT sliceOrientationChanged(sliceOrientation()); });
}

void DisplayPanel::addOverlay() {
  addHeading(tr("Overlay"));
  auto* label = new QLabel(tr("Opacity"), content_);
  grid_->addWidget(label, row_, 0, 1, 2);
  overlay_ = addOpacity(tr("Opacity of the overlay on the slices"));
  label->setBuddy(overlay_.slider);
  outline_ = new QCheckBox(tr("Outlines of the regions"), content_);
  outline_->setAccessibleName(tr("Outlines of the regions on the slices"));
  grid_->addWidget(outline_, row_++, 0, 1, kColumns);
  connect(overlay_.slider, &QSlider::valueChanged, this,
          [this](int percent) { Q_EMIT overlayOpacityChanged(percent / 100.0); });
  connect(outline_, &QCheckBox::toggled, this, &DisplayPanel::overlayOutlineChanged);
}

void DisplayPanel::setSchema(const ModalitySchema& schema) {
  schema_ = schema;
  quietly(slicePlane_, &QComboBox::setCurrentIndex, 0);
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const bool exists = i < schema.size();
    windows_[i]->setShown(exists);
    if (exists) windows_[i]->setModality(schema, ModalityId(i));
  }
  setAvailable(schema.all());
}

void DisplayPanel::setAvailable(ModalitySet available) {
  available_ = available;
  for (std::size_t i = 0; i < windows_.size(); ++i)
    windows_[i]->setAvailable(available.contains(ModalityId(i)));
  offerSlicePlanes();
}

void DisplayPanel::offerSlicePlanes() {
  const auto chosen = slicePlane();
  const QSignalBlocker quiet(slicePlane_);
  slicePlane_->clear();
  slicePlane_->addItem(tr("none"));
  auto* items = static_cast<QStandardItemModel*>(slicePlane_->model());
  for (const ModalityId id : schema_ ? schema_->ids() : std::vector<ModalityId>()) {
    slicePlane_->addItem(QString::fromStdString(schema_->label(id)));
    items->item(slicePlane_->count() - 1)->setEnabled(available_->contains(id));
  }
  setSlicePlane(chosen);
}

void DisplayPanel::setWindow(ModalityId id, const IntensityWindow& window) {
  windows_[id.index()]->setWindow(window);
}

IntensityWindow DisplayPanel::window(ModalityId id) const {
  return windows_[id.index()]->window();
}

void DisplayPanel::setRegionColours(RegionColours preset) {
  colours_ = preset;
  for (const Region& region : regions_)
    visible_[region.place]->setIcon(colourIcon(regionColour(region, preset), devicePixelRatioF()));
}

void DisplayPanel::setRegionVisible(const Region& region, bool visible) {
  quietly(visible_[region.place], &QCheckBox::setChecked, visible);
  opacities_[region.place].slider->setEnabled(visible);
}

void DisplayPanel::setRegionOpacity(const Region& region, double opacity) {
  const Opacity& shown = opacities_[region.place];
  quietly(shown.slider, &QSlider::setValue, percentOf(opacity));
  sayOpacity(shown);
}

void DisplayPanel::setHead(bool visible) {
  quietly(head_, &QCheckBox::setChecked, visible);
}

void DisplayPanel::setSlicePlane(std::optional<ModalityId> id) {
  const bool offered = id && schema_ && id->index() < schema_->size() && available_->contains(*id);
  quietly(slicePlane_, &QComboBox::setCurrentIndex,
          offered ? static_cast<int>(id->index()) + 1 : 0);
  orientation_->setEnabled(offered);
}

std::optional<ModalityId> DisplayPanel::slicePlane() const {
  const int index = slicePlane_->currentIndex();
  if (index <= 0) return std::nullopt;
  return ModalityId(static_cast<std::size_t>(index - 1));
}

void DisplayPanel::setSliceOrientation(Plane plane) {
  quietly(orientation_, &QComboBox::setCurrentIndex, static_cast<int>(plane));
}

Plane DisplayPanel::sliceOrientation() const {
  return static_cast<Plane>(orientation_->currentIndex());
}

void DisplayPanel::setOverlayOpacity(double opacity) {
  quietly(overlay_.slider, &QSlider::setValue, percentOf(opacity));
  sayOpacity(overlay_);
}

void DisplayPanel::setOverlayOutline(bool outline) {
  quietly(outline_, &QCheckBox::setChecked, outline);
}

bool DisplayPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus()) {
    event->ignore();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace modascope
