#include "app/inspect/choices/chooser.h"

#include <QHBoxLayout>
#include <QLabel>

namespace modascope {

QComboBox* makeChooser(const QString& accessibleName, int characters, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setAccessibleName(accessibleName);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(characters);
  box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  return box;
}

QWidget* captioned(const QString& words, QComboBox* box, QWidget* parent) {
  auto* row = new QWidget(parent);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(8, 0, 0, 0);
  auto* label = new QLabel(words, row);
  label->setBuddy(box);
  layout->addWidget(label);
  layout->addWidget(box, 1);
  return row;
}

}  // namespace modascope
