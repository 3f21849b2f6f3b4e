#include "app/pages/progress_strip.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>

#include "widgets/controls/elided_label.h"

namespace modascope {

ProgressStrip::ProgressStrip(QWidget* parent)
    : QWidget(parent),
      words_(new ElidedLabel(this)),
      bar_(new QProgressBar(this)),
      cancel_(new QToolButton(this)) {
  bar_->setFixedWidth(100);
  bar_->setMaximumHeight(fontMetrics().height());
  bar_->setTextVisible(false);
  bar_->setAccessibleName(tr("Progress"));
  cancel_->setText(tr("Cancel"));
  cancel_->setAutoRaise(true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(words_);
  row->addWidget(bar_);
  row->addWidget(cancel_);
  setIdle();
}

void ProgressStrip::setBusy(const QString& words) {
  words_->setText(words);
  bar_->hide();
  cancel_->hide();
  show();
}

void ProgressStrip::setProgress(const QString& words, int done, int total) {
  if (done >= total) return setIdle();
  words_->setText(words);
  bar_->setRange(0, total);
  bar_->setValue(done);
  bar_->show();
  cancel_->show();
  show();
}

void ProgressStrip::setIdle() {
  hide();
}

QString ProgressStrip::words() const {
  return isHidden() ? QString() : words_->text();
}

}  // namespace modascope
