#include "widgets/controls/modality_switchboard.h"

#include <QBoxLayout>
#include <QLabel>
#include <QShortcut>

namespace modascope {

ModalitySwitchboard::ModalitySwitchboard(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent),
      layout_(new QBoxLayout(orientation == Qt::Vertical ? QBoxLayout::TopToBottom
                                                         : QBoxLayout::LeftToRight)),
      message_(new QLabel(this)) {
  setAccessibleName(tr("Which modalities the network may see"));
  layout_->setSpacing(2);
  message_->setWordWrap(true);
  auto small = font();
  small.setPointSizeF(small.pointSizeF() * 0.9);
  message_->setFont(small);
  message_->setContentsMargins(6, 0, 6, 0);
  message_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addLayout(layout_);
  column->addWidget(message_);
  for (int i = 0; i < static_cast<int>(ModalitySchema::kMost); ++i) {
    auto* key = new QShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)), this);
    connect(key, &QShortcut::activated, this, [this, i] {
      const auto index = static_cast<std::size_t>(i);
      if (choice_ && index < schema().size()) toggle(ModalityId(index));
    });
  }
  auto* all = new QShortcut(QKeySequence(Qt::ALT | Qt::Key_0), this);
  connect(all, &QShortcut::activated, this, &ModalitySwitchboard::switchAllOn);
}

void ModalitySwitchboard::rebuild() {
  for (auto* old : switches_) delete old;
  switches_.clear();
  for (const auto id : schema().ids()) {
    auto* button = new ModalitySwitch(schema(), id, this);
    connect(button, &QAbstractButton::clicked, this, [this, id] { toggle(id); });
    button->setInstead(instead_);
    button->setMinimumHeight(height_);
    if (words_) button->setWords(*words_);
    layout_->addWidget(button);
    switches_.push_back(button);
  }
  showStates();
}

void ModalitySwitchboard::showStates() {
  using State = ModalitySwitch::State;
  for (auto* button : switches_) {
    const bool here = available().contains(button->id());
    button->setState(!here                          ? State::Absent
                     : set().contains(button->id()) ? State::On
                                                    : State::LeftOut);
  }
}

void ModalitySwitchboard::setLarge(int height, const SwitchWords& words) {
  height_ = height;
  words_ = words;
  if (choice_) rebuild();
}

void ModalitySwitchboard::setSchema(const ModalitySchema& schema) {
  choice_ = Choice{schema, schema.all(), schema.all()};
  message_->hide();
  rebuild();
}

void ModalitySwitchboard::setAvailable(ModalitySet available) {
  const ModalitySet all = schema().all();
  choice_->available = available.intersected(all).value_or(all);
  choice_->set = set().intersected(choice_->available).value_or(choice_->available);
  message_->hide();
  showStates();
}

void ModalitySwitchboard::setSet(ModalitySet set) {
  choice_->set = set.intersected(available()).value_or(available());
  message_->hide();
  showStates();
}

void ModalitySwitchboard::toggle(ModalityId id) {
  const auto label = QString::fromStdString(schema().label(id));
  if (!available().contains(id)) {
    say(tr("There is no %1 here, so there is nothing to switch on.").arg(label));
  } else if (!set().contains(id)) {
    choose(set().with(id));
  } else if (const auto rest = set().without(id)) {
    choose(*rest);
  } else {
    say(tr("%1 is the last one: without any input there is nothing to predict from. Switch "
           "another on first.")
            .arg(label));
  }
}

void ModalitySwitchboard::switchAllOn() {
  if (choice_ && set() != available()) choose(available());
}

void ModalitySwitchboard::choose(ModalitySet set) {
  choice_->set = set;
  message_->hide();
  showStates();
  Q_EMIT changed(set);
}

void ModalitySwitchboard::say(const QString& why) {
  message_->setText(why);
  message_->show();
  showStates();
}

void ModalitySwitchboard::setInstead(const QString& words) {
  instead_ = words;
  for (auto* button : switches_) button->setInstead(words);
}

QString ModalitySwitchboard::message() const {
  return message_->isHidden() ? QString() : message_->text();
}

}  // namespace modascope
