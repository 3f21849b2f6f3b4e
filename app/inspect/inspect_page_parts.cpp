#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_view_menu.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/pages/bold_when_checked.h"
#include "widgets/controls/display_panel.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/samples/sample_view.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/vtk_widget.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/contributions_panel.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {
namespace {

constexpr int kAllThree = 3;  ///< the button beside those of the planes

/// What finds no room is reached by scrolling, and asks for none.
QScrollArea* scrolled(QWidget* content, QWidget* parent) {
  auto* scroll = new QScrollArea(parent);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);
  return scroll;
}

/// One that scrolls up and down only, as wide as what it holds must be.
class Column : public QScrollArea {
 public:
  using QScrollArea::QScrollArea;

  QSize minimumSizeHint() const override {
    return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), 0};
  }

 protected:
  bool event(QEvent* event) override {
    if (event->type() == QEvent::LayoutRequest) updateGeometry();
    return QScrollArea::event(event);
  }
};

/// Of two parts the first has as much as it can use, until somebody moves the handle or did so in
/// an earlier session (the property "moved"): where there is little room, what is below scrolls.
class FirstFirst : public QSplitter {
 public:
  explicit FirstFirst(QWidget* parent) : QSplitter(Qt::Vertical, parent) {
    setProperty("moved", false);
    connect(this, &QSplitter::splitterMoved, this, [this] { setProperty("moved", true); });
  }

 protected:
  void resizeEvent(QResizeEvent* event) override {
    QSplitter::resizeEvent(event);
    share();
  }
  bool event(QEvent* event) override {
    const bool done = QSplitter::event(event);
    if (event->type() == QEvent::LayoutRequest) share();
    return done;
  }

 private:
  void share() {
    if (property("moved").toBool() || count() < 2) return;
    const int all = height() - handleWidth();
    const int second = std::min(8 * fontMetrics().height(), all / 2);
    const int first = std::min(widget(0)->sizeHint().height(), all - second);
    if (sizes().front() != first) setSizes({first, all - first});
  }
};

}  // namespace

QWidget* InspectPage::makePlanes() {
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
  connect(planes_, &QButtonGroup::idClicked, this, [this](int plane) {
    if (plane == kAllThree) return tiles_->setTileLayout(TileLayout::Planes);
    if (tiles_->tileLayout() == TileLayout::Planes) tiles_->setTileLayout(TileLayout::Modalities);
    tiles_->setPlane(static_cast<Plane>(plane));
  });
  return bar;
}

QComboBox* InspectPage::makeMainChooser() {
  connect(main_, &QComboBox::activated, tiles_,
          [this](int row) { tiles_->setMain(ModalityId(static_cast<std::size_t>(row))); });
  const auto tell = [this] {
    const TileLayout layout = tiles_->tileLayout();
    main_->setVisible(layout != TileLayout::Modalities);
    main_->setCurrentIndex(static_cast<int>(tiles_->mainModality().index()));
    const bool all = layout == TileLayout::Planes;
    planes_->button(all ? kAllThree : static_cast<int>(tiles_->plane()))->setChecked(true);
    planes_->button(kAllThree)->setEnabled(layout != TileLayout::SideBySide);
  };
  connect(tiles_, &TileGrid::mainChanged, this, tell);
  connect(tiles_, &TileGrid::tileLayoutChanged, this, tell);
  main_->hide();
  return main_;
}

QToolButton* InspectPage::makeViewMenu() {
  auto* button = new QToolButton(this);
  button->setText(tr("View"));
  button->setPopupMode(QToolButton::InstantPopup);
  button->setMenu(viewing_);
  return button;
}

QToolButton* InspectPage::makeSaveMenu() {
  save_->setPopupMode(QToolButton::InstantPopup);
  save_->setMenu(saving_);
  setSaving(false);
  return save_;
}

/// One of them is seen. What is kept for comparison is named above it, so that the switches beside
/// them stay where they are.
QWidget* InspectPage::makeViews() {
  pictures_ = makePictures();
  grids_ = makeGrids();
  auto* column = new QWidget(this);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(comparison_);
  for (QWidget* view : std::initializer_list<QWidget*>{pictures_, sample_, grids_})
    layout->addWidget(view, 1);
  return column;
}

/// Slices beside 3D, and the numbers of both beneath.
QWidget* InspectPage::makePictures() {
  auto* column = new QWidget(this);
  auto* parts = new QSplitter(Qt::Horizontal, column);
  parts->setObjectName("inspect/pictures");
  parts->setChildrenCollapsible(false);
  parts->addWidget(tiles_);
  parts->addWidget(makeScenes());
  parts->setSizes({630, 410});
  parts->setStretchFactor(0, 3);
  parts->setStretchFactor(1, 2);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(parts, 1);
  layout->addWidget(readout_);
  return column;
}

QWidget* InspectPage::makeScenes() {
  scenes_ = new QSplitter(Qt::Vertical, this);
  scenes_->setChildrenCollapsible(false);
  scenes_->addWidget(keptScene_);
  scenes_->addWidget(scene_);
  linkCameras(*scene_, *keptScene_);
  // Until it is first drawn the view does not know its size, and what was framed before is clipped.
  connect(scene_->findChild<VtkWidget*>(), &VtkWidget::rendered, scene_, &SceneView::resetCamera,
          static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
  return scenes_;
}

QWidget* InspectPage::makeSwitchedOff() {
  for (const Corruption corruption : kCorruptions)
    switchedOff_->addItem(corruptionWords(corruption));
  switchedOff_->setToolTip(
      tr("What the network gets in place of a modality that is switched off: nothing, or something "
         "that is not it"));
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(8, 0, 0, 0);
  auto* label = new QLabel(tr("Switched &off means"), row);
  label->setBuddy(switchedOff_);
  layout->addWidget(label);
  layout->addWidget(switchedOff_, 1);
  return row;
}

QWidget* InspectPage::makeScope() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(8, 0, 0, 0);
  auto* label = new QLabel(tr("&Table about"), row);
  label->setBuddy(scope_);
  layout->addWidget(label);
  layout->addWidget(scope_, 1);
  return row;
}

/// The kept pictures beside the others, as far as there are any.
QWidget* InspectPage::makeGrids() {
  auto* grids = new QWidget(this);
  auto* parts = new QHBoxLayout(grids);
  parts->setContentsMargins(0, 0, 0, 0);
  for (const auto& [name, grid] : {std::pair(keptName_, keptGrid_), std::pair(gridName_, grid_)}) {
    auto* column = new QWidget(grids);
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(name);
    rows->addWidget(grid, 1);
    parts->addWidget(column, 1);
  }
  nameGrids({}, {});
  return grids;
}

void InspectPage::setRegions(const RegionSchema& regions) {
  if (regions == tiles_->regions()) return;
  tiles_->setRegions(regions);
  scene_->setRegions(regions);
  keptScene_->setRegions(regions);
  display_->setRegions(regions);
  for (const Region& region : regions)
    display_->setRegionOpacity(region, scene_->regionOpacity(region));
  readout_->setRegions(regions);
  dominance_->setRegions(regions);
  comparison_->setRegions(regions);
  viewing_->setRegions(regions);
}

void InspectPage::nameGrids(const QString& now, const QString& kept) {
  gridName_->setText(now);
  keptName_->setText(kept);
  gridName_->setVisible(!now.isEmpty());
  keptGrid_->setVisible(!kept.isEmpty());
  keptGrid_->parentWidget()->setVisible(!kept.isEmpty());
}

QString InspectPage::gridName() const {
  return gridName_->text();
}

QString InspectPage::keptName() const {
  return keptName_->text();
}

QTabWidget* InspectPage::makeTabs() {
  tabs_ = new QTabWidget(this);
  tabs_->setDocumentMode(true);
  tabs_->addTab(scrolled(sharing_, tabs_), tr("Sharing"));
  tabs_->addTab(scrolled(dominance_, tabs_), tr("Dominance"));
  tabs_->addTab(scrolled(contributions_, tabs_), tr("Dominance"));
  tabs_->addTab(scrolled(display_, tabs_), tr("Display"));
  return tabs_;
}

QWidget* InspectPage::makeTable() {
  auto* table = new QWidget(this);
  auto* rows = new QVBoxLayout(table);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->addWidget(makeScope());
  rows->addWidget(subsets_, 1);
  return table;
}

/// The switches stand first: they are seen however low the window is.
QWidget* InspectPage::makeSide() {
  auto* parts = new FirstFirst(this);
  parts->setObjectName("inspect/table");
  parts->addWidget(makeTable());
  parts->addWidget(makeTabs());
  parts->setStretchFactor(0, 1);
  parts->setChildrenCollapsible(false);
  auto* side = new QWidget(this);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(switches_);
  layout->addWidget(makeSwitchedOff());
  layout->addWidget(parts, 1);
  auto* column = new Column(this);
  column->setWidgetResizable(true);
  column->setFrameShape(QFrame::NoFrame);
  column->setFocusPolicy(Qt::NoFocus);
  column->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  column->setWidget(side);
  return column;
}

}  // namespace modascope
