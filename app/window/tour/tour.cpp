#include "app/window/tour/tour.h"

#include <chrono>

#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_tab.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_tab.h"
#include "app/jobs/sentence.h"
#include "app/settings/path_text.h"
#include "app/version/version.h"
#include "app/window/main_window.h"
#include "core/base/error.h"
#include "core/config/config_keys.h"
#include "core/files/atomic_file.h"

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{100};
constexpr std::chrono::milliseconds kToSettle{400};  // for the last repaint before a picture
constexpr int kMostLooks = 20 * 60 * 10;             // twenty minutes

void savePicture(const TourPicture& picture, const std::filesystem::path& folder) {
  const QByteArray png = pngOf(picture.image);
  writeAtomically(folder / picture.file.toStdString(), std::string_view(png.data(), png.size()));
}

}  // namespace

Tour::Tour(MainWindow& window, TourOptions options)
    : window_(window),
      experiment_(window.page<ExperimentTab>().controller()),
      inspection_(window.page<InspectTab>()),
      options_(std::move(options)) {
  stops_ = trainingStops();
  for (auto& stop : inspectionStops()) stops_.push_back(std::move(stop));
  connect(&timer_, &QTimer::timeout, this, &Tour::look);
  connect(&experiment_, &ExperimentController::problem, this, &Tour::failed);
  connect(&inspection_.controller(), &InspectController::problem, this, &Tour::failed);
}

std::vector<Tour::Stop> Tour::trainingStops() {
  const auto configure = [this] {
    RunConfig config = ExperimentController::demoConfig();
    config.train.steps = options_.steps;
    config.run.name = "tour";
    experiment_.setConfig(config);
    experiment_.start();
  };
  return {
      {"1-experiment",
       tr("The window as it opens: the embedded phantom, ready to start."),
       [] {},
       [this] { return inspection_.controller().view().inspected() != nullptr; },
       {}},
      {"2-training",
       tr("Training, half way: loss, gradients per modality, conflicts of subsets."),
       configure,
       [this] {
         return experiment_.lastStep() && 2 * experiment_.lastStep()->step >= options_.steps;
       },
       {}},
      {"3-trained",
       tr("The run is finished."),
       [] {},
       [this] { return !experiment_.isTraining(); },
       {}},
  };
}

std::vector<Tour::Stop> Tour::inspectionStops() {
  InspectController& inspect = inspection_.controller();
  const auto settledOn = [&inspect](std::size_t modalities) {
    const CaseView& view = inspect.view();
    return view.shown() && view.table() && view.settled() && view.shown()->size() == modalities;
  };
  const ModalityId contrast(1);
  const ModalityId flair(3);
  return {
      {"4-inspect",
       tr("A case that training has not seen, through all its modalities."),
       [this] { window_.showPage(inspection_.key()); },
       [=] { return settledOn(4); },
       {}},
      {"5-without-t1ce",
       tr("The same without T1ce, the modality that shows the enhancing rim."),
       [=, &inspect] { inspect.toggle(contrast); },
       [=] { return settledOn(3); },
       {}},
      {"6-without-flair",
       tr("Without T1ce and FLAIR."),
       [=, &inspect] { inspect.toggle(flair); },
       [=] { return settledOn(2); },
       {}},
      {"7-scene", tr("The nested regions in 3D, from all modalities again."),
       [=, &inspect] {
         inspect.toggle(flair);
         inspect.toggle(contrast);
       },
       [=] { return settledOn(4); },
       [this] { return inspection_.controller().view().sceneImage(); }},
  };
}

void Tour::begin() {
  stops_.front().enter();
  timer_.start(kBetweenLooks);
}

void Tour::look() {
  const Stop& stop = stops_[at_];
  if (stop.ready()) {
    timer_.stop();
    QTimer::singleShot(kToSettle, this, &Tour::takePicture);
  } else if (++looks_ > kMostLooks) {
    timer_.stop();
    Q_EMIT failed(tr("The tour waited twenty minutes for this, in vain: %1").arg(stop.caption));
  }
}

void Tour::takePicture() {
  const Stop& stop = stops_[at_];
  TourPicture picture{stop.name + ".png", stop.caption,
                      stop.picture ? stop.picture() : window_.grab().toImage()};
  try {
    savePicture(picture, options_.out);
    pictures_.push_back(std::move(picture));
    goOn();
  } catch (const std::exception&) {
    Q_EMIT failed(sentenceOfCurrent());
  }
}

void Tour::goOn() {
  looks_ = 0;
  if (++at_ == stops_.size()) return conclude();
  stops_[at_].enter();
  timer_.start(kBetweenLooks);
}

void Tour::conclude() {
  const QString html = tourReport(facts(), pictures_);
  writeAtomically(options_.out / "report.html", html.toStdString());
  Q_EMIT finished();
}

TourFacts Tour::facts() const {
  const InspectController& inspect = inspection_.controller();
  TourFacts facts;
  const auto add = [&](const QString& name, const QString& value) {
    facts.run.emplace_back(name, value);
  };
  add(tr("program"), QString("Modascope %1").arg(programVersion()));
  add(tr("run"), asText(experiment_.runFolder()));
  add(tr("data"), tr("embedded phantom, %1 cases").arg(experiment_.cohort()->cases.size()));
  if (const auto& run = inspect.view().run()) {
    add(tr("network"), tr("%1 with %L2 parameters")
                           .arg(QString::fromStdString(run->model.kind))
                           .arg(run->manifest.parameters));
    QStringList settings;
    for (const auto& words : differences(RunFolder::open(run->folder).config())) {
      settings << QString::fromStdString(words);
    }
    add(tr("settings"), settings.join("  "));
  }
  if (const auto& last = experiment_.lastStep()) {
    add(tr("steps"), QString::number(last->step));
    add(tr("time"), tr("%1 s, %2 s a step")
                        .arg(last->elapsedSeconds, 0, 'f', 1)
                        .arg(last->elapsedSeconds / double(last->step), 0, 'f', 2));
    add(tr("last loss"), QString::number(last->meanLoss, 'f', 3));
  }
  facts.table = inspect.view().table();
  facts.tableCaption = tr("Case %1, checkpoint of step %2.")
                           .arg(QString::fromStdString(inspect.caseId()))
                           .arg(inspect.view().run() ? inspect.view().run()->step : 0);
  return facts;
}

}  // namespace modascope
