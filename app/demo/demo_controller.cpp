#include "app/demo/demo_controller.h"

#include <QCheckBox>
#include <QSignalBlocker>

#include "app/demo/demo_page.h"
#include "app/demo/demo_readout.h"
#include "app/demo/demo_words.h"
#include "app/demo/story_bar.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

void setQuietly(QCheckBox* box, bool on) {
  const QSignalBlocker quiet(box);
  box->setChecked(on);
}

/// The image that is shown: the last that the networks see, of brains FLAIR if they do.
ModalityId mainOf(ModalitySet set) {
  return set.ids().back();
}

}  // namespace

DemoController::DemoController(DemoPage& page, Story story, QObject* parent)
    : QObject(parent), page_(page), story_(std::move(story)) {
  page_.setContentVisible(false);
  connectPage();
}

void DemoController::connectPage() {
  connect(page_.switches(), &ModalitySwitchboard::changed, this, [this](ModalitySet set) {
    DemoLook look = *look_;
    look.set = set;
    setLook(look);
  });
  const auto onChoice = [this](QCheckBox* box, auto change) {
    connect(box, &QCheckBox::toggled, this, [this, change](bool on) {
      if (!look_) return;
      DemoLook look = *look_;
      change(look, on);
      setLook(look);
    });
  };
  onChoice(page_.truth(), [](DemoLook& look, bool on) { look.truth = on; });
  onChoice(page_.sideBySide(), [](DemoLook& look, bool on) { look.sideBySide = on; });
  onChoice(page_.decides(),
           [](DemoLook& look, bool on) { look.layer = on ? DemoLayer::Decides : DemoLayer::None; });
  onChoice(page_.border(),
           [](DemoLook& look, bool on) { look.layer = on ? DemoLayer::Border : DemoLayer::None; });
  connect(page_.story(), &StoryBar::back, this, [this] { goTo(step_ > 0 ? step_ - 1 : 0); });
  connect(page_.story(), &StoryBar::next, this,
          [this] { goTo(story_.steps.empty() ? 0 : (step_ + 1) % story_.steps.size()); });
}

void DemoController::show(std::shared_ptr<const OpenedDemo> opened) {
  opened_ = std::move(opened);
  const Demo& demo = opened_->demo;
  page_.setTitle(demo.title.empty() ? story_.title : QString::fromStdString(demo.title));
  const ModalitySchema schema = DemoWords::clinical(demo.schema);
  const RegionSchema regions = DemoWords::clinical(demo.regions);
  page_.tiles()->setRegions(regions);
  page_.scene()->setRegions(regions);
  page_.readout()->setRegions(demo.regions);
  page_.tiles()->setTileLayout(TileLayout::Planes);
  page_.tiles()->setCase(schema, demo.images, demo.grid);
  page_.tiles()->setMain(mainOf(demo.available()));
  page_.tiles()->setTruth(demo.truth);
  page_.tiles()->setOverlay(demo.networks.front().answer(demo.available())->labels);
  page_.tiles()->centreOnLargestSlice();
  page_.scene()->setHead(demo.images[mainOf(demo.available()).index()]);
  page_.switches()->setSchema(schema);
  page_.switches()->setAvailable(demo.available());
  page_.truth()->setEnabled(demo.truth != nullptr);
  page_.sideBySide()->setEnabled(demo.networks.size() > 1);
  page_.decides()->setEnabled(!demo.networks.front().decides.empty());
  page_.setWarnings(DemoWords::warnings(demo));
  page_.setContentVisible(true);
  goTo(0);
}

void DemoController::restart() {
  if (!opened_) return;
  page_.tiles()->setFrame({});
  show(opened_);
  page_.scene()->lookFrom(Viewpoint::Anterior);
  page_.scene()->resetCamera();
}

void DemoController::goTo(std::size_t step) {
  if (!opened_) return;
  step_ = step;
  byHand_ = false;
  choose(step < story_.steps.size() ? lookOf(story_.steps[step], *opened_)
                                    : DemoLook(opened_->demo.available()));
}

void DemoController::setLook(const DemoLook& look) {
  byHand_ = true;
  choose(look);
}

void DemoController::choose(const DemoLook& look) {
  look_ = look;
  showControls();
  showSlices();
  showLayer();
  page_.scene()->setLabels(labels(0));
  showWords();
  Q_EMIT lookShown();
}

void DemoController::showControls() {
  page_.switches()->setSet(look_->set);
  setQuietly(page_.truth(), look_->truth);
  setQuietly(page_.sideBySide(), look_->sideBySide);
  setQuietly(page_.decides(), look_->layer == DemoLayer::Decides);
  setQuietly(page_.border(), look_->layer == DemoLayer::Border);
  page_.readout()->show(opened_->ml(0, look_->set), opened_->ml(0, opened_->demo.available()),
                        opened_->truthMl);
}

const DemoAnswer& DemoController::answer(std::size_t network) const {
  return *opened_->demo.networks[network].answer(look_->set);
}

/// Lives as long as somebody looks at it, whatever is opened meanwhile.
std::shared_ptr<const LabelVolume> DemoController::labels(std::size_t network) const {
  return answer(network).labels;
}

void DemoController::showSlices() {
  TileGrid& tiles = *page_.tiles();
  const Demo& demo = opened_->demo;
  tiles.setMain(mainOf(look_->set));
  tiles.setShown(look_->set);
  tiles.setOverlay(labels(0));
  if (look_->sideBySide)
    tiles.setKept(KeptPrediction{labels(1), DemoWords::nameOf(demo.networks[1]), look_->set});
  tiles.setLiveName(look_->sideBySide ? DemoWords::nameOf(demo.networks[0]) : QString());
  const TileLayout layout = look_->sideBySide ? TileLayout::SideBySide : TileLayout::Planes;
  if (tiles.tileLayout() != layout) tiles.setTileLayout(layout);
  if (!look_->sideBySide) tiles.setKept(std::nullopt);
  OverlayStyle style = tiles.overlayStyle();
  style.truthOutline = look_->truth;
  style.namesAlone = true;
  tiles.setOverlayStyle(style);
}

void DemoController::showLayer() {
  TileGrid& tiles = *page_.tiles();
  const DemoAnswer& shown = answer(0);
  if (look_->layer == DemoLayer::Decides && shown.strongest) {
    tiles.setStrongest({tr("scan"), shown.strongest, shown.margins});
  } else if (look_->layer == DemoLayer::Border) {
    ModalityMaps maps{tr("disagreement"), {}, 1};
    for (const auto& image : opened_->demo.images)
      maps.values.push_back(image ? opened_->disagreement : nullptr);
    tiles.setMaps(maps);
  } else {
    tiles.clearMaps();
  }
}

void DemoController::showWords() {
  if (byHand_ || step_ >= story_.steps.size()) {
    page_.story()->showFree(tr("By hand"), DemoWords::change(*opened_, look_->set) + ' ' +
                                               DemoWords::best(*opened_, look_->set));
    return;
  }
  const StoryStep& step = story_.steps[step_];
  page_.story()->show(step.title, DemoWords::filled(step.sentence, *opened_, *look_), step_,
                      story_.steps.size());
}

}  // namespace modascope
