#include "app/window/run_window.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>
#include <QTimer>
#include <QTranslator>
#include <chrono>
#include <clocale>
#include <cstdio>
#include <cstdlib>

#include "app/demo/demo_tab.h"
#include "app/settings/app_settings.h"
#include "app/version/version.h"
#include "app/window/main_window.h"
#include "app/window/termination.h"
#include "app/window/window_app.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

bool isPath(std::string_view word) {
  if (word.starts_with('-')) return false;
  return word.find('/') != std::string_view::npos || isThere(word);
}

bool isSet(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

/// What there is in the user's language.
void translate(QApplication& app) {
  auto* translator = new QTranslator(&app);
  if (translator->load(QLocale::system(), "modascope", "_", ":/translations"))
    QCoreApplication::installTranslator(translator);
}

/// After the word demo; nothing where the words are about making one.
std::optional<WindowRequest> demoRequest(int argc, char** argv) {
  WindowRequest request;
  request.demo = true;
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--kiosk")
      request.kiosk = true;
    else if (!request.data && !word.starts_with('-'))
      request.data = absolutePath(word);
    else
      return std::nullopt;
  }
  return request;
}

/// What else there is to do with the window is prepared when the demonstration has been seen.
void beginDemo(MainWindow& window, const WindowRequest& request) {
  constexpr std::chrono::seconds kLater{4};
  auto& demo = window.page<DemoTab>();
  if (request.data) demo.openFile(*request.data);
  window.showPage(demo.key());
  if (!request.kiosk) {
    QTimer::singleShot(kLater, &window, [&window] { window.begin(std::nullopt); });
    return;
  }
  QObject::connect(&demo, &DemoTab::left, &window, &QWidget::close);
  demo.startKiosk();
}

void show(MainWindow& window, const WindowRequest& request) {
  window.setBare(request.kiosk);
  if (request.kiosk)
    window.showFullScreen();
  else
    window.show();
}

}  // namespace

std::optional<WindowRequest> windowRequest(int argc, char** argv,
                                           bool (*isCommand)(std::string_view)) {
  if (argc > 1 && std::string_view(argv[1]) == "demo") return demoRequest(argc, argv);
  WindowRequest request;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--reset") {
      request.reset = true;
    } else if (word == "--settings-path" && i + 1 < argc) {
      request.settingsFile = argv[++i];
    } else if (!request.data && !isCommand(word) && isPath(word)) {
      request.data = absolutePath(word);
    } else {
      return std::nullopt;
    }
  }
  return request;
}

bool hasDisplay() {
  return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
}

std::unique_ptr<CaughtApplication> makeWindowApp(int& argc, char** argv) {
  auto app = std::make_unique<CaughtApplication>(argc, argv);
  QApplication::setApplicationName("Modascope");
  QApplication::setApplicationVersion(programVersion());
  QApplication::setDesktopFileName("org.modascope.Modascope");
  QApplication::setWindowIcon(QIcon(":/icons/org.modascope.Modascope.svg"));
  std::setlocale(LC_NUMERIC, "C");  // Qt took the user's locale: numbers in files have points
  QLocale::setDefault(QLocale::c());
  translate(*app);
  return app;
}

int runWindow(int& argc, char** argv, const WindowRequest& request) {
  if (request.data && !isThere(*request.data)) {
    std::fprintf(stderr, "modascope: There is no file or folder %s.\n", request.data->c_str());
    return 2;
  }
  if (!hasDisplay()) {
    std::fprintf(
        stderr,
        "modascope: There is no display for the window; every command works without one "
        "(modascope --help), and modascope tour --out DIR takes pictures of the window.\n");
    return 2;
  }
  const auto app = makeWindowApp(argc, argv);
  AppSettings settings(request.settingsFile);
  if (request.reset) settings.reset();
  MainWindow window(settings);
  app->setTeller([&window](const QString& sentence) { window.tellFault(sentence); });
  const TerminationNotice termination([&window] {
    QObject::connect(&window, &MainWindow::closed, qApp, [] { QApplication::exit(0); });
    window.closeWithoutAsking();  // and with it whatever dialog is open
  });
  show(window, request);
  app->guarded([&] {
    if (request.demo)
      beginDemo(window, request);
    else
      window.begin(request.data);
  });
  return QApplication::exec();
}

}  // namespace modascope
