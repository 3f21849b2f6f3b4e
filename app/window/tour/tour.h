#pragma once

#include <QTimer>
#include <filesystem>
#include <functional>
#include <vector>

#include "app/window/guided_window.h"
#include "app/window/tour/tour_report.h"

namespace modascope {

class ExperimentController;
class InspectTab;
class MainWindow;

struct TourOptions {
  std::filesystem::path out;
  int steps = 150;  ///< of training, as in the demo
};

/// Leads the real window through training and inspection, waiting at each stop until the window
/// shows what it should, and takes a picture there. GUI thread; one timer, no nested loops.
class Tour : public WindowGuide {
  Q_OBJECT

 public:
  Tour(MainWindow& window, TourOptions options);

  void begin() override;

 private:
  struct Stop {
    QString name;     ///< of the picture's file, without its ending
    QString caption;  ///< what the picture shows
    std::function<void()> enter;
    std::function<bool()> ready;
    std::function<QImage()> picture;  ///< the window if there is none
  };
  std::vector<Stop> trainingStops();
  std::vector<Stop> inspectionStops();
  void look();
  void takePicture();
  void goOn();
  void conclude();
  TourFacts facts() const;

  MainWindow& window_;
  ExperimentController& experiment_;
  InspectTab& inspection_;
  TourOptions options_;
  std::vector<Stop> stops_;
  std::size_t at_ = 0;
  int looks_ = 0;  ///< at this stop
  QTimer timer_;
  std::vector<TourPicture> pictures_;
};

}  // namespace modascope
