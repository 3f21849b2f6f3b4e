#include "app/pages/bold_when_checked.h"

#include <QAbstractButton>

namespace modascope {

void boldWhenChecked(QAbstractButton* button) {
  button->setCheckable(true);
  QObject::connect(button, &QAbstractButton::toggled, button, [button](bool on) {
    QFont font = button->font();
    font.setBold(on);
    button->setFont(font);
  });
}

}  // namespace modascope
