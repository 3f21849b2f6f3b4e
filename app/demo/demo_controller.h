#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "app/demo/demo_look.h"
#include "app/demo/opened_demo.h"
#include "app/demo/story.h"

namespace modascope {

class DemoPage;

/// Shows a demonstration: the look that somebody asked for, by hand or by a step of the story.
/// Everything was computed before; nothing waits. GUI thread.
class DemoController : public QObject {
  Q_OBJECT

 public:
  DemoController(DemoPage& page, Story story, QObject* parent = nullptr);

  void show(std::shared_ptr<const OpenedDemo> opened);
  /// Null: nothing is shown yet.
  const std::shared_ptr<const OpenedDemo>& opened() const { return opened_; }
  const std::optional<DemoLook>& look() const { return look_; }
  /// As when it was opened: first step, place and direction.
  void restart();
  /// By hand: the story stays where it is.
  void setLook(const DemoLook& look);
  void goTo(std::size_t step);
  std::size_t step() const { return step_; }
  const Story& story() const { return story_; }

 Q_SIGNALS:
  /// The slices show it; the surfaces follow.
  void lookShown();

 private:
  void connectPage();
  void choose(const DemoLook& look);
  void showLayer();
  void showControls();
  void showSlices();
  void showWords();
  const DemoAnswer& answer(std::size_t network) const;
  std::shared_ptr<const LabelVolume> labels(std::size_t network) const;

  DemoPage& page_;
  Story story_;
  std::shared_ptr<const OpenedDemo> opened_;
  std::optional<DemoLook> look_;
  std::size_t step_ = 0;
  bool byHand_ = false;
};

}  // namespace modascope
