#pragma once

#include <QWidget>

#include "core/modality/modality.h"

class QButtonGroup;
class QComboBox;

namespace modascope {

class TileGrid;

/// Which plane the tiles show, or all three of one modality, and which modality that is.
class TileChooser : public QWidget {
  Q_OBJECT

 public:
  TileChooser(TileGrid& tiles, QWidget* parent);

  /// Those that slices can show one of.
  void setModalities(const ModalitySchema& schema, ModalitySet available);

 private:
  QWidget* makePlanes();
  void choosePlane(int plane);
  void showLayout();

  TileGrid& tiles_;
  QButtonGroup* planes_;
  QComboBox* main_;
};

}  // namespace modascope
