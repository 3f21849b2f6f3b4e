#include "app/window/guided_window.h"

#include <QApplication>
#include <QString>

#include "app/demo/demo_tab.h"
#include "app/settings/app_settings.h"
#include "app/window/main_window.h"
#include "app/window/termination.h"
#include "app/window/virtual_display.h"
#include "core/base/error.h"

namespace modascope {

void runGuided(const GuidedWindow& place,
               const std::function<std::unique_ptr<WindowGuide>(MainWindow&)>& makeGuide) {
  const auto app = makeCommandApp();
  AppSettings settings(place.folder / "settings.ini");
  settings.reset();
  settings.setRunsFolder(place.folder / "runs");
  settings.setCacheFolder(place.folder / "data");
  MainWindow window(settings);
  const auto guide = makeGuide(window);
  std::optional<QString> wrong = WindowGuide::tr("It was stopped before its end.");
  const auto end = [&](std::optional<QString> sentence) {
    wrong = std::move(sentence);
    window.closeWithoutAsking();
  };
  QObject::connect(guide.get(), &WindowGuide::finished, app.get(), [&] { end(std::nullopt); });
  QObject::connect(guide.get(), &WindowGuide::failed, app.get(), end);
  app->setTeller(end);
  const TerminationNotice termination([&] { end(wrong); });
  window.resize(1600, 1000);
  window.show();
  if (!place.demo) {
    window.begin(place.data);
  } else {
    auto& demo = window.page<DemoTab>();
    if (place.data) demo.openFile(*place.data);
    window.showPage(demo.key());
  }
  guide->begin();
  QApplication::exec();
  if (wrong) throw Error(wrong->toStdString(), Fault::System);
}

}  // namespace modascope
