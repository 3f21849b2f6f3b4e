#include "app/inspect/comparison_bar.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>

#include "app/pages/bold_when_checked.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/flow_layout.h"

namespace modascope {

ComparisonBar::ComparisonBar(QWidget* parent)
    : QWidget(parent),
      name_(new ElidedLabel(this)),
      views_(new QButtonGroup(this)),
      region_(new QComboBox(this)) {
  name_->setRoom(40);
  name_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  region_->setAccessibleName(tr("Region of the difference"));
  auto* close = new QToolButton(this);
  close->setText(tr("End comparison"));
  auto* flow = new FlowLayout(this);
  for (QWidget* part : std::initializer_list<QWidget*>{name_, makeViews(), region_, close})
    flow->addWidget(part);
  connect(close, &QToolButton::clicked, this, &ComparisonBar::closed);
  connect(region_, &QComboBox::activated, this, &ComparisonBar::changed);
  setView(ComparisonView::SideBySide);
}

QWidget* ComparisonBar::makeViews() {
  auto* bar = new QWidget(this);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  const QStringList names{tr("Side by side"), tr("Wipe"), tr("Difference")};
  for (int i = 0; i < names.size(); ++i) {
    auto* button = new QToolButton(bar);
    button->setText(names[i]);
    boldWhenChecked(button);
    views_->addButton(button, i);
    layout->addWidget(button);
  }
  connect(views_, &QButtonGroup::idToggled, this,
          [this] { region_->setVisible(view() == ComparisonView::Difference); });
  connect(views_, &QButtonGroup::idClicked, this, &ComparisonBar::changed);
  return bar;
}

void ComparisonBar::setKept(const QString& name) {
  name_->setText(tr("Kept: %1").arg(name));
}

QString ComparisonBar::words() const {
  return name_->text();
}

ComparisonView ComparisonBar::view() const {
  return static_cast<ComparisonView>(views_->checkedId());
}

void ComparisonBar::setView(ComparisonView view) {
  views_->button(static_cast<int>(view))->setChecked(true);
}

void ComparisonBar::offer(const std::vector<ComparisonView>& views) {
  const auto isOffered = [&](int id) {
    return std::count(views.begin(), views.end(), static_cast<ComparisonView>(id)) > 0;
  };
  if (!isOffered(views_->checkedId())) setView(views.front());
  for (QAbstractButton* button : views_->buttons())
    button->setVisible(isOffered(views_->id(button)));
  views_->buttons().front()->parentWidget()->setVisible(views.size() > 1);
}

std::size_t ComparisonBar::region() const {
  return static_cast<std::size_t>(std::max(0, region_->currentIndex()));
}

void ComparisonBar::setRegions(const RegionSchema& regions) {
  region_->clear();
  for (const Region& region : regions) region_->addItem(regionName(region));
}

}  // namespace modascope
