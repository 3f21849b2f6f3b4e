#include "app/inspect/volumes/volume_widgets.h"

#include <QSplitter>
#include <QVBoxLayout>

#include "app/inspect/volumes/region_readout.h"
#include "widgets/controls/display_panel.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/vtk_widget.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/dominance_panel.h"

namespace modascope {
namespace {

/// Until it is first drawn a view does not know its size, and what was framed before is clipped.
void frameWhenDrawn(SceneView* scene) {
  QObject::connect(
      scene->findChild<VtkWidget*>(), &VtkWidget::rendered, scene, &SceneView::resetCamera,
      static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
}

}  // namespace

VolumeWidgets::VolumeWidgets(QWidget* parent)
    : tiles(new TileGrid(parent)),
      scene(new SceneView(parent)),
      keptScene(new SceneView(parent)),
      scenes(new QSplitter(Qt::Vertical, parent)),
      readout(new RegionReadout(parent)),
      centre(new QWidget(parent)),
      display(new DisplayPanel(parent)),
      dominance(new DominancePanel(parent)) {
  scenes->setChildrenCollapsible(false);
  scenes->addWidget(keptScene);
  scenes->addWidget(scene);
  keptScene->hide();
  linkCameras(*scene, *keptScene);
  frameWhenDrawn(scene);
  auto* parts = new QSplitter(Qt::Horizontal, centre);
  parts->setObjectName("inspect/pictures");
  parts->setChildrenCollapsible(false);
  parts->addWidget(tiles);
  parts->addWidget(scenes);
  parts->setSizes({630, 410});
  parts->setStretchFactor(0, 3);
  parts->setStretchFactor(1, 2);
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(parts, 1);
  layout->addWidget(readout);
}

}  // namespace modascope
