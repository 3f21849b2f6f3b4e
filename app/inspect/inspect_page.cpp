#include "app/inspect/inspect_page.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/inspect/case_choice.h"
#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_view_menu.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/pages/progress_strip.h"
#include "app/pages/tab_order.h"
#include "widgets/bridge/task_words.h"
#include "widgets/controls/display_panel.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/samples/sample_view.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/contributions_panel.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {
namespace {

QComboBox* chooser(const QString& name, int characters, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setAccessibleName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(characters);
  box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  return box;
}

/// They wrap as one.
QWidget* together(std::initializer_list<QWidget*> parts, QWidget* parent) {
  auto* group = new QWidget(parent);
  auto* row = new QHBoxLayout(group);
  row->setContentsMargins(0, 0, 0, 0);
  for (QWidget* part : parts) row->addWidget(part);
  return group;
}

QLabel* captionFor(QWidget* buddy, const QString& text) {
  auto* label = new QLabel(text, buddy->parentWidget());
  label->setBuddy(buddy);
  return label;
}

/// Which of the tabs holds it.
int tabOf(const QTabWidget& tabs, const QWidget* widget) {
  for (int i = 0; i < tabs.count(); ++i)
    if (tabs.widget(i)->isAncestorOf(widget)) return i;
  return -1;
}

}  // namespace

InspectPage::InspectPage(QWidget* parent)
    : QWidget(parent),
      cases_(chooser(tr("Case"), 16, this)),
      runs_(chooser(tr("Run"), 14, this)),
      newest_(new QToolButton(this)),
      compare_(new QToolButton(this)),
      comparison_(new ComparisonBar(this)),
      steps_(new StepSlider(this)),
      saving_(new QMenu(this)),
      save_(new QToolButton(this)),
      tiles_(new TileGrid(this)),
      main_(chooser(tr("Modality of the slices"), 5, this)),
      planes_(new QButtonGroup(this)),
      scene_(new SceneView(this)),
      keptScene_(new SceneView(this)),
      switches_(new ModalitySwitchboard(Qt::Vertical, this)),
      subsets_(new SubsetTableView(this)),
      sharing_(new SharingDiagram(this)),
      dominance_(new DominancePanel(this)),
      display_(new DisplayPanel(this)),
      readout_(new RegionReadout(this)),
      sample_(new SampleView(this)),
      grid_(new PictureGrid(this)),
      keptGrid_(new PictureGrid(this)),
      gridName_(new ElidedLabel(this)),
      keptName_(new ElidedLabel(this)),
      contributions_(new ContributionsPanel(this)),
      scope_(chooser(tr("What the table is about"), 14, this)),
      switchedOff_(chooser(tr("What a modality that is switched off becomes"), 12, this)),
      notice_(new NoticeCard(this)),
      showing_(new ElidedLabel(this)),
      progress_(new ProgressStrip(this)) {
  viewing_ = new InspectViewMenu(*this);
  newest_->setText(tr("Newest"));
  newest_->setToolTip(tr("Predict with the checkpoint that the run has written since"));
  newest_->setEnabled(false);
  cancel()->setToolTip(tr("Stop the prediction; nothing is shown until it is asked for again"));
  compare_->setText(tr("Compare"));
  compare_->setToolTip(tr("Keep what is on show, to compare it with other subsets, steps or runs"));

  auto* columns = new QSplitter(Qt::Horizontal, this);
  columns->setObjectName("inspect/columns");
  columns->addWidget(makeViews());
  columns->addWidget(makeSide());
  columns->setSizes({1040, 390});
  columns->setStretchFactor(0, 1);
  columns->setStretchFactor(1, 0);
  columns->setChildrenCollapsible(false);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 4);
  layout->addWidget(makeChoosers());
  layout->addWidget(notice_);
  layout->addWidget(columns, 1);
  layout->addWidget(progress_);
  connect(tiles_, &TileGrid::pointed, this,
          [this](const Vec3&, const QString& words) { Q_EMIT pointed(words); });
  makeSearchable(*cases_);
  showTask(Task::Segmentation3d);
  showComparison(false, false);
  setIdle();
  orderTabs(*this);
}

QToolButton* InspectPage::cancel() const {
  return progress_->cancel();
}

QWidget* InspectPage::makeChoosers() {
  showing_->setRoom(30);  // the switches say the same, where there is no room for words
  showing_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  showing_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  case_ = captionFor(cases_, tr("&Case"));
  QWidget* theCase = together({case_, cases_}, this);
  QWidget* theRun = together({captionFor(runs_, tr("&Run")), runs_, newest_}, this);
  theCase->setMaximumWidth(340);
  theRun->setMaximumWidth(460);
  ofVolumes_ = {makePlanes(), makeViewMenu()};

  auto* bar = new QWidget(this);
  auto* flow = new FlowLayout(bar);
  for (QWidget* part :
       std::initializer_list<QWidget*>{theCase, theRun, steps_, ofVolumes_[0], makeMainChooser(),
                                       ofVolumes_[1], makeSaveMenu(), compare_, showing_})
    flow->addWidget(part);
  return bar;
}

void InspectPage::setSaving(bool saving) {
  save_->setText(saving ? tr("Saving…") : tr("Save"));
  save_->setEnabled(!saving);
}

void InspectPage::showParts(bool slices, bool scene) {
  tiles_->setVisible(slices);
  scenes_->setVisible(scene);
}

void InspectPage::showTask(Task task) {
  const bool samples = takesFeatures(task), volumes = task == Task::Segmentation3d;
  pictures_->setVisible(volumes);
  sample_->setVisible(samples);
  grids_->setVisible(task == Task::Segmentation2d);
  scope_->parentWidget()->setVisible(samples);
  for (QWidget* widget : ofVolumes_) widget->setVisible(volumes);
  comparison_->offerViews(!samples);
  comparison_->offerDifference(volumes);
  if (!volumes) {
    main_->hide();
    Q_EMIT pointed({});  // of a crosshair
  }
  QString noun = nounOf(task);
  noun[0] = noun[0].toUpper();
  case_->setText('&' + noun);
  cases_->setAccessibleName(noun);
  tabs_->setTabVisible(tabOf(*tabs_, dominance_), volumes);
  tabs_->setTabVisible(tabOf(*tabs_, display_), volumes);
  tabs_->setTabVisible(tabOf(*tabs_, contributions_), samples);
}

QImage InspectPage::pictureOfScene(double scale) const {
  return scene_->grabImage(scale);
}

void InspectPage::setModalities(const ModalitySchema& schema, ModalitySet available) {
  main_->clear();
  auto* model = qobject_cast<QStandardItemModel*>(main_->model());
  for (const ModalityId id : schema.ids()) {
    main_->addItem(QString::fromStdString(schema.label(id)));
    model->item(main_->count() - 1)->setEnabled(available.contains(id));
  }
  main_->setCurrentIndex(static_cast<int>(tiles_->mainModality().index()));
}

void InspectPage::showComparison(bool on, bool sideBySide) {
  comparison_->setVisible(on);
  keptScene_->setVisible(on && sideBySide);
  compare_->setText(on ? tr("Keep this one") : tr("Compare"));
}

void InspectPage::announceCrosshair() {
  Q_EMIT pointed(tiles_->describe(tiles_->crosshair()));
}

void InspectPage::setShowing(const QString& words) {
  showing_->setText(words);
  showing_->setToolTip(words);
}

QString InspectPage::showing() const {
  return showing_->text();
}

QString InspectPage::caption() const {
  QStringList words{showing(), source_};
  if (!comparison_->isHidden()) words << comparison_->words();
  words.removeAll({});
  return words.join("  ·  ");
}

void InspectPage::setProgress(int done, int total) {
  progress_->setProgress(tr("Predicting %1 of %2 windows").arg(done).arg(total), done, total);
}

void InspectPage::setBusy(const QString& words) {
  progress_->setBusy(words);
}

QString InspectPage::busyWords() const {
  return progress_->words();
}

void InspectPage::setIdle() {
  progress_->setIdle();
}

}  // namespace modascope
