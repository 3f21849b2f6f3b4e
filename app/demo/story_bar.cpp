#include "app/demo/story_bar.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include "app/demo/larger_font.h"

namespace modascope {
namespace {

constexpr int kTarget = 44;  // px, for fingers

QPushButton* makeButton(const QString& words, QWidget* parent) {
  auto* button = new QPushButton(words, parent);
  button->setMinimumSize(96, kTarget);
  return button;
}

}  // namespace

StoryBar::StoryBar(QWidget* parent)
    : QFrame(parent),
      title_(new QLabel(this)),
      sentence_(new QLabel(this)),
      place_(new QLabel(this)),
      back_(makeButton(tr("Back"), this)),
      next_(makeButton(tr("Next"), this)) {
  title_->setFont(largerFont(font(), 1.15, true));
  sentence_->setFont(largerFont(font(), 1.15));
  sentence_->setWordWrap(true);
  sentence_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  sentence_->setMinimumHeight(2 * QFontMetrics(sentence_->font()).lineSpacing());
  place_->setAlignment(Qt::AlignCenter);
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(12, 6, 12, 8);
  layout->setHorizontalSpacing(10);
  layout->addWidget(title_, 0, 0);
  layout->addWidget(sentence_, 1, 0);
  layout->addWidget(place_, 0, 1, 1, 2);
  layout->addWidget(back_, 1, 1);
  layout->addWidget(next_, 1, 2);
  layout->setColumnStretch(0, 1);
  connect(back_, &QPushButton::clicked, this, &StoryBar::back);
  connect(next_, &QPushButton::clicked, this, &StoryBar::next);
}

void StoryBar::show(const QString& title, const QString& sentence, std::size_t step,
                    std::size_t steps) {
  title_->setText(title);
  sentence_->setText(sentence);
  place_->setText(tr("Step %1 of %2").arg(step + 1).arg(steps));
  back_->setEnabled(step > 0);
  next_->setEnabled(true);
  next_->setText(step + 1 < steps ? tr("Next") : tr("Again"));
}

void StoryBar::showFree(const QString& title, const QString& sentence) {
  title_->setText(title);
  sentence_->setText(sentence);
}

QString StoryBar::sentence() const {
  return sentence_->text();
}

}  // namespace modascope
