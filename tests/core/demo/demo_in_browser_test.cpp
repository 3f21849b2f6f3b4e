// The page at work, where there is a browser that runs without a screen.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include "core/demo/demo_html.h"
#include "tests/core/demo/made_up_demo.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

QString browser() {
  for (const auto* name : {"chromium", "chromium-browser", "google-chrome"})
    if (const QString path = QStandardPaths::findExecutable(name); !path.isEmpty()) return path;
  return {};
}

/// Leaves what `script` returns in an element of its own once the page shows its pictures.
QByteArray pageWith(const Demo& demo, const QByteArray& script) {
  QByteArray page = QByteArray::fromStdString(demoHtml(demo));
  page.replace("</body>",
               "<pre id=\"found\"></pre><script>begun.then(() => {\n"
               "const click = id => byId(id).click();\n"
               "const switches = [...document.querySelectorAll('.switch')];\n"
               "const grey = (view, u, v) => views[view].canvas.getContext('2d')\n"
               "  .getImageData(u, v, 1, 1).data[0];\n"
               "const find = () => {" +
                   script +
                   "};\n"
                   "byId('found').textContent = JSON.stringify(find()); });</script></body>");
  return page;
}

/// What `script` returned in the browser; empty when it did not come to that.
QJsonObject foundIn(const Demo& demo, const QByteArray& script) {
  const QTemporaryDir folder;
  QFile file(folder.filePath("page.html"));
  if (!file.open(QIODevice::WriteOnly)) return {};
  file.write(pageWith(demo, script));
  file.close();
  QStringList words{
      "--headless=new", "--disable-gpu",  "--virtual-time-budget=20000",
      "--dump-dom",     "--no-first-run", "--user-data-dir=" + folder.filePath("profile")};
  if (geteuid() == 0) words << "--no-sandbox";
  QProcess process;
  process.start(browser(), words << "file://" + file.fileName());
  if (!process.waitForFinished(120'000)) return {};
  const QByteArray page = process.readAllStandardOutput();
  const QByteArray mark = "<pre id=\"found\">";
  const auto begin = page.indexOf(mark) + mark.size();
  const QByteArray text = page.mid(begin, page.indexOf("</pre>", begin) - begin);
  return QJsonDocument::fromJson(text).object();
}

}  // namespace

class DemoInBrowserTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (browser().isEmpty()) QSKIP("There is no Chromium here, so the page is not opened.");
  }

  void planesLieByThePatientWhateverTheGridsAxes() {
    // The grid's x runs to the back, its y to the left, its z to the feet: 4 columns to the left, 3
    // rows to the back, 2 slices. The voxel (0, 3, 1), the grid's 21st, is the first row's last one
    // of the lowest slice.
    Demo demo = madeUpDemo();
    Volume image{demo.grid, std::vector<float>(24, 1)};
    image.at(0, 3, 1) = 9;
    demo.images[1] = std::make_shared<const Volume>(image);
    const QJsonObject found =
        foundIn(demo,
                "state.cross = [0, 2, 0]; byId('opacity').value = 0; redraw();"
                "const {width, height} = views[0].canvas;"
                "return {width, height, marked: grey(0, 3, 0), "
                "other: grey(0, 3, 1), ratio: views[0].canvas.style.aspectRatio};");
    QCOMPARE(found["width"].toInt(), 4);
    QCOMPARE(found["height"].toInt(), 3);
    QCOMPARE(found["marked"].toInt(), 255);
    QCOMPARE(found["other"].toInt(), 1);
    QCOMPARE(found["ratio"].toString(), QString("8 / 3"));  // 4 of 2 mm, 3 of 1 mm
  }
};

APPLESS_TEST(DemoInBrowserTest)
#include "demo_in_browser_test.moc"
