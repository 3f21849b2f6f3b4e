#include "app/inspect/volumes/tile_chooser.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QStandardItemModel>
#include <QToolButton>

#include "app/inspect/choices/chooser.h"
#include "app/pages/bold_when_checked.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

constexpr int kAllThree = 3;  ///< the button beside those of the planes

}  // namespace

TileChooser::TileChooser(TileGrid& tiles, QWidget* parent)
    : QWidget(parent),
      tiles_(tiles),
      planes_(new QButtonGroup(this)),
      main_(makeChooser(tr("Modality of the slices"), 5, this)) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(makePlanes());
  layout->addWidget(main_);
  main_->hide();
  connect(main_, &QComboBox::activated, &tiles_,
          [this](int row) { tiles_.setMain(ModalityId(static_cast<std::size_t>(row))); });
  connect(&tiles_, &TileGrid::mainChanged, this, &TileChooser::showLayout);
  connect(&tiles_, &TileGrid::tileLayoutChanged, this, &TileChooser::showLayout);
}

QWidget* TileChooser::makePlanes() {
  auto* bar = new QWidget(this);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  const QStringList names{tr("Axial"), tr("Coronal"), tr("Sagittal"), tr("All three")};
  for (int plane = 0; plane < names.size(); ++plane) {
    auto* button = new QToolButton(bar);
    button->setText(names[plane]);
    boldWhenChecked(button);
    button->setChecked(plane == 0);
    planes_->addButton(button, plane);
    layout->addWidget(button);
  }
  connect(planes_, &QButtonGroup::idClicked, this, &TileChooser::choosePlane);
  return bar;
}

void TileChooser::choosePlane(int plane) {
  if (plane == kAllThree) return tiles_.setTileLayout(TileLayout::Planes);
  if (tiles_.tileLayout() == TileLayout::Planes) tiles_.setTileLayout(TileLayout::Modalities);
  tiles_.setPlane(static_cast<Plane>(plane));
}

void TileChooser::showLayout() {
  const TileLayout layout = tiles_.tileLayout();
  main_->setVisible(layout != TileLayout::Modalities);
  main_->setCurrentIndex(static_cast<int>(tiles_.mainModality().index()));
  const bool all = layout == TileLayout::Planes;
  planes_->button(all ? kAllThree : static_cast<int>(tiles_.plane()))->setChecked(true);
  planes_->button(kAllThree)->setEnabled(layout != TileLayout::SideBySide);
}

void TileChooser::setModalities(const ModalitySchema& schema, ModalitySet available) {
  main_->clear();
  auto* model = qobject_cast<QStandardItemModel*>(main_->model());
  for (const ModalityId id : schema.ids()) {
    main_->addItem(QString::fromStdString(schema.label(id)));
    model->item(main_->count() - 1)->setEnabled(available.contains(id));
  }
  main_->setCurrentIndex(static_cast<int>(tiles_.mainModality().index()));
}

}  // namespace modascope
