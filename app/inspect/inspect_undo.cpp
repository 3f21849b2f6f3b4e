#include "app/inspect/inspect_undo.h"

#include <QAction>
#include <QElapsedTimer>
#include <QUndoCommand>

namespace modascope {
namespace {

constexpr qint64 kAtOnceMs = 700;

/// Something that was done already and can be done and undone by setting a value.
class Step : public QUndoCommand {
 public:
  Step(const QString& words, int kind, std::function<void()> before, std::function<void()> after)
      : QUndoCommand(words), kind_(kind), before_(std::move(before)), after_(std::move(after)) {
    age_.start();
  }

  int id() const override { return kind_; }
  void undo() override { before_(); }
  void redo() override {
    if (done_) after_();
    done_ = true;
  }
  bool mergeWith(const QUndoCommand* next) override {
    if (age_.elapsed() > kAtOnceMs) return false;
    after_ = static_cast<const Step*>(next)->after_;
    age_.restart();
    return true;
  }

 private:
  int kind_;  ///< those of a kind may be merged; −1: never
  std::function<void()> before_;
  std::function<void()> after_;
  QElapsedTimer age_;
  bool done_ = false;
};

}  // namespace

InspectUndo::InspectUndo(Hands hands, QObject* parent)
    : QObject(parent),
      hands_(std::move(hands)),
      undo_(stack_.createUndoAction(this, tr("Undo"))),
      redo_(stack_.createRedoAction(this, tr("Redo"))) {
  stack_.setUndoLimit(200);
  undo_->setShortcut(QKeySequence::Undo);
  redo_->setShortcut(QKeySequence::Redo);
  for (QAction* action : {undo_, redo_}) action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

void InspectUndo::noteSet(ModalitySet before, ModalitySet after, const QString& words) {
  if (before == after) return;
  stack_.push(new Step(
      words, -1, [this, before] { hands_.showSet(before); },
      [this, after] { hands_.showSet(after); }));
}

void InspectUndo::noteWindow(ModalityId id, const IntensityWindow& before,
                             const IntensityWindow& after, const QString& words) {
  if (before == after) return;
  stack_.push(new Step(
      words, static_cast<int>(id.index()), [this, id, before] { hands_.showWindow(id, before); },
      [this, id, after] { hands_.showWindow(id, after); }));
}

}  // namespace modascope
