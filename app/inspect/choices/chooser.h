#pragma once

#include <QComboBox>

namespace modascope {

/// A combo box with room for so many characters, which takes what is left of its row.
QComboBox* makeChooser(const QString& accessibleName, int characters, QWidget* parent);
/// "Table about [ … ]": the words name the box, and their & leads to it.
QWidget* captioned(const QString& words, QComboBox* box, QWidget* parent);

}  // namespace modascope
