#pragma once

#include <QObject>
#include <QUndoStack>
#include <functional>

#include "core/modality/modality.h"
#include "widgets/bridge/slice_image.h"

class QAction;

namespace modascope {

/// Takes back what was done on the inspect page: modalities switched, intensity windows changed.
/// GUI thread.
class InspectUndo : public QObject {
  Q_OBJECT

 public:
  /// How each is brought about again.
  struct Hands {
    std::function<void(ModalitySet)> showSet;
    std::function<void(ModalityId, const IntensityWindow&)> showWindow;
  };
  explicit InspectUndo(Hands hands, QObject* parent = nullptr);

  /// Was done already.
  void noteSet(ModalitySet before, ModalitySet after, const QString& words);
  /// Likewise; small steps of one modality that follow each other at once are taken back together.
  void noteWindow(ModalityId id, const IntensityWindow& before, const IntensityWindow& after,
                  const QString& words);
  /// Of another case nothing can be taken back.
  void forget() { stack_.clear(); }

  QAction* undoAction() const { return undo_; }
  QAction* redoAction() const { return redo_; }

 private:
  Hands hands_;
  QUndoStack stack_;
  QAction* undo_;
  QAction* redo_;
};

}  // namespace modascope
