#include "app/demo/demo_page.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "app/demo/demo_readout.h"
#include "app/demo/larger_font.h"
#include "app/demo/story_bar.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

constexpr int kTarget = 48;  // px, for fingers
constexpr int kSideWidth = 320;

QCheckBox* makeChoice(const QString& words, const QString& help, QWidget* parent) {
  auto* box = new QCheckBox(words, parent);
  box->setToolTip(help);
  box->setMinimumHeight(30);
  return box;
}

}  // namespace

DemoPage::DemoPage(QWidget* parent)
    : QWidget(parent),
      tiles_(new TileGrid(this)),
      scene_(new SceneView(this)),
      switches_(new ModalitySwitchboard(Qt::Vertical, this)),
      readout_(new DemoReadout(this)),
      truth_(makeChoice(tr("Expert's drawing"), tr("As lines over the coloured areas"), this)),
      sideBySide_(makeChoice(tr("Both networks"),
                             tr("The ordinary one and the one that was taught to cope"), this)),
      decides_(makeChoice(tr("What decides"), tr("Each scan's colour where it decides"), this)),
      border_(makeChoice(tr("Uncertain border"),
                         tr("Where the answers from different scans disagree"), this)),
      story_(new StoryBar(this)),
      notice_(new NoticeCard(this)),
      openFile_(new QPushButton(tr("Open…"), this)),
      title_(new ElidedLabel(this)),
      warnings_(new QLabel(this)) {
  switches_->setFont(largerFont(font(), 1.15));
  switches_->setLarge(kTarget, {tr("ON"), tr("OFF"), tr("not there")});
  content_ = new QSplitter(Qt::Horizontal, this);
  auto* parts = static_cast<QSplitter*>(content_);
  parts->setObjectName("demo/pictures");
  parts->setChildrenCollapsible(false);
  parts->addWidget(tiles_);
  parts->addWidget(scene_);
  parts->addWidget(makeSide());
  parts->setSizes({630, 330, kSideWidth});
  parts->setStretchFactor(0, 2);
  parts->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 4, 8, 4);
  layout->setSpacing(6);
  layout->addWidget(makeTop());
  layout->addWidget(notice_);
  layout->addWidget(content_, 1);
  layout->addWidget(story_);
}

QWidget* DemoPage::makeTop() {
  auto* top = new QWidget(this);
  auto* layout = new QHBoxLayout(top);
  layout->setContentsMargins(6, 0, 6, 0);
  title_->setFont(largerFont(font(), 1.3, true));
  layout->addWidget(title_, 1);
  auto* use =
      new QLabel(tr("Research use only, not for diagnosis  ·  nothing leaves this computer"), top);
  use->setFont(largerFont(font(), 1.0, true));
  layout->addWidget(use);
  layout->addWidget(openFile_);
  return top;
}

QWidget* DemoPage::makeSide() {
  auto* side = new QWidget(this);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(4, 0, 4, 0);
  layout->setSpacing(8);
  layout->addWidget(switches_);
  layout->addWidget(readout_);
  for (QCheckBox* box : {truth_, decides_, sideBySide_, border_}) layout->addWidget(box);
  warnings_->setWordWrap(true);
  warnings_->setObjectName("demo warnings");
  layout->addWidget(warnings_);
  auto* convention = new QLabel(
      tr("Seen from the feet and from the front, as radiologists do: the patient's right (R) is "
         "on the left of the picture."),
      side);
  convention->setWordWrap(true);
  convention->setForegroundRole(QPalette::PlaceholderText);
  layout->addWidget(convention);
  layout->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumWidth(kSideWidth - 60);
  scroll->setWidget(side);
  return scroll;
}

void DemoPage::setTitle(const QString& title) {
  title_->setText(title);
}

void DemoPage::setWarnings(const QStringList& sentences) {
  warnings_->setText(sentences.join('\n'));
  warnings_->setVisible(!sentences.isEmpty());
}

void DemoPage::setContentVisible(bool visible) {
  content_->setVisible(visible);
  story_->setVisible(visible);
}

}  // namespace modascope
